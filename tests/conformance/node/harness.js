'use strict';
// A real server process for the tests, and the calls they share.

const { spawn } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const readline = require('node:readline');
const Module = require('node:module');

// The example is tested as it stands; its packages are those of the tests.
process.env.NODE_PATH = path.join(__dirname, 'node_modules');
Module._initPaths();
const aemlo = require('../../../examples/node/aemloClient');
const loader = require('@grpc/proto-loader');

const { grpc } = aemlo;
const SMALL = { hidden: 16, latent: 8, threads: 1, device: 'cpu', seed: 5 };
const standard = grpc.loadPackageDefinition(
  loader.loadSync(['health/v1/health.proto', 'reflection/v1/reflection.proto', 'rpc/errors.proto'], {
    includeDirs: [path.join(__dirname, '..', 'proto')],
    enums: String,
    oneofs: true,
  }),
);

/** Starts `aemlo serve` on a free port with a data folder of its own. */
async function startServer(...args) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'aemlo-conformance-'));
  const child = spawn(
    process.env.AEMLO_EXECUTABLE,
    ['serve', '--listen', '127.0.0.1:0', '--data', folder, '--stop-with-parent', ...args],
    { stdio: ['pipe', 'pipe', 'ignore'] },
  );
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const line = await new Promise((resolve) => {
    readline.createInterface({ input: child.stdout }).once('line', resolve);
    ended.then(() => resolve('it ended'));
  });
  const prefix = 'listening on http://';
  if (!line.startsWith(prefix)) throw new Error(`the server did not come up: ${line}`);
  return {
    address: line.slice(prefix.length).trim(),
    async close() {
      child.stdin.end();
      await ended;
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A unary call as a promise. */
const unary = (client, method, request) =>
  new Promise((resolve, reject) => client[method](request, (error, response) => (error ? reject(error) : resolve(response))));

/** The google.rpc details of an error, by the name of their type. */
function details(error) {
  const found = {};
  const [content] = error.metadata.get('grpc-status-details-bin');
  if (!content) return found;
  const { Status } = rpc();
  for (const item of Status.decode(content).details) {
    const name = item.type_url.split('.').pop();
    if (rpc()[name]) found[name] = rpc()[name].decode(item.value);
  }
  return found;
}

let types;
function rpc() {
  // @grpc/proto-loader brings protobufjs, which decodes single messages.
  const protobuf = require('protobufjs');
  types ??= new protobuf.Root();
  if (!types.nested) {
    types.resolvePath = (_, target) => (target.startsWith('google/protobuf/') ? target : path.join(__dirname, '..', 'proto', target));
    types.loadSync('rpc/errors.proto');
  }
  return types.lookup('google.rpc');
}

/** 200 rows with a hole, and three labels of which the last one is rare (8 rows). No randomness. */
function sample(rows = 200, columns = 6) {
  const features = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => ((row * 37 + column * 101) % 97) / 9.7 - 5));
  features[3][2] = null;
  const labels = features.map((_, row) => [row % 2 === 0, row % 3 === 0, row % 25 === 1].map(Number));
  return { features, labels };
}

module.exports = { aemlo, grpc, standard, SMALL, startServer, unary, details, sample };
