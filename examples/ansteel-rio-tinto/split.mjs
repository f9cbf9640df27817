// Splits the free slice of a network that is kept into two halves, then tries the same slice again and is refused.
import { readFileSync } from 'node:fs';
import { connect, fromPaths } from '@tenor/client';

const [, , connections] = process.argv;
if (connections === undefined) {
  console.error('Name the file of connections that `npm run demo -- --keep` prints.');
  process.exit(2);
}
const { organizations, free } = JSON.parse(readFileSync(connections, 'utf8'));
const supplier = connect({ connection: fromPaths(organizations[free.organization].users.Checker) });
let slice;
const isOwn = ({ state, holderMsp }) => state === 'FREE' && holderMsp === supplier.mspId;
for await (const each of supplier.book.slice.all()) if (each.current && isOwn(each.record)) slice = each;
const half = BigInt(slice.record.amount) / 2n;
const amounts = [half, BigInt(slice.record.amount) - half].map(String);
const newId = () => supplier.newId(slice.register);
const split = () => supplier.slice.split({ sliceId: slice.id, partIds: [newId(), newId()], amounts });
console.log(`split ${slice.record.currency} into ${amounts.join(' and ')} minor units:`, await split());
await split().catch(({ code, data }) => console.log('the same slice once more is refused:', code, data));
supplier.close();
