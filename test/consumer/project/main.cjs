// A program of a stranger: founds a registry of three organisations, listens to it, and is refused what it may not do.
const { connect, fromPaths, TenorError } = require('@tenor/client');

const paths = JSON.parse(process.argv[2]);

async function main() {
  const clients = Object.values(paths).map((each) => connect({ connection: fromPaths(each) }));
  const founders = clients.map(({ mspId }) => mspId);
  const who = await clients[0].registry.whoami();
  const receipts = await Promise.all(clients.map(({ registry }) => registry.adopt({ founders })));
  for (const client of clients) for (const { transactionId } of receipts) await client.committed(transactionId);
  const founded = await clients[0].registry.bootstrap({ founders });
  const again = await clients[0].registry.bootstrap({ founders });
  const registry = await clients[0].registry.get('registry');
  const heard = [];
  for await (const { name, transactionId } of clients[0].events({ startBlock: 0n })) {
    heard.push(name);
    if (transactionId === founded.transactionId) break;
  }
  const refusal = await clients[0].book.slice.get(clients[0].newId()).catch((error) => error);
  console.log(
    JSON.stringify({
      ...{ who, founded: founded.replayed, again: again.replayed, founders: registry.founders, heard },
      ...{ code: refusal.code, isTenorError: refusal instanceof TenorError },
    }),
  );
  clients.forEach((client) => client.close());
}

main();
