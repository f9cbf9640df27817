// Splits the free slice of a network that is kept into two halves, then tries the same slice again and is refused.
import { readFileSync } from 'node:fs';
import { connect, fromPaths } from '@tenor/client';

const { organizations, free } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const supplier = connect({ connection: fromPaths(organizations[free.organization].users.Checker) });
let slice;
for await (const each of supplier.book.slice.all()) if (each.current && each.record.state === 'FREE') slice = each;
const half = BigInt(slice.record.amount) / 2n;
const amounts = [half, BigInt(slice.record.amount) - half].map(String);
const newId = () => supplier.newId(slice.register);
const split = () => supplier.slice.split({ sliceId: slice.id, partIds: [newId(), newId()], amounts });
console.log(`split ${slice.record.currency} into ${amounts.join(' and ')} minor units:`, await split());
await split().catch(({ code, data }) => console.log('the same slice once more is refused:', code, data));
supplier.close();
