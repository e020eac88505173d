'use strict';
// Oversamples a small generated data set through a server: start one with `aemlo serve`, then run this.
// usage: node oversample.js [host:port]

const aemlo = require('./aemloClient');

/** Features, and three labels of which the last one is rare; the same ones each time. */
function sample(rows = 600, columns = 12) {
  let state = 1;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const features = Array.from({ length: rows }, () => Array.from({ length: columns }, normal));
  const labels = features.map((x) => [x[0] + x[1] > 0, x[2] > 0.3, x[3] + x[4] > 2.7].map(Number));
  return { features, labels };
}

async function main() {
  const clients = aemlo.connect(process.argv[2]);
  const { features, labels } = sample();
  try {
    const digest = await aemlo.upload(clients, features, labels, { name: 'node-example' });
    const result = await aemlo.oversample(clients, digest, features[0].length, labels[0].length, {
      options: { epochs: 10, seed: 7 },
      progress: ({ epoch, epochs, losses, device }) =>
        console.log(`epoch ${epoch}/${epochs}: loss ${losses.total.toFixed(3)} on ${device}`),
    });
    labels[0].forEach((_, index) => {
      const count = (rows) => rows.reduce((sum, row) => sum + row[index], 0);
      console.log(`label ${index + 1}: ${count(labels)} of ${labels.length} rows, now ${count(labels) + count(result.labels)}`);
    });
    console.log(`${result.features.length} new rows; the first was made from row ${result.seedRows[0]}`);
    result.report.warnings.forEach((warning) => console.log(`warning: ${warning}`));
  } catch (error) {
    console.error(error.details ? `${aemlo.grpc.status[error.code]}: ${error.details}` : error);
    process.exitCode = 1;
  } finally {
    clients.close();
  }
}

main();
