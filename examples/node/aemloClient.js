'use strict';
// A small client of an AEMLO Bridge server: numbers in, new rows out. Copy it and change what you need.

const crypto = require('node:crypto');
const path = require('node:path');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const PROTO = process.env.AEMLO_PROTO || path.join(__dirname, '..', '..', 'proto');
// A message stays below 1 MiB.
const BLOCK_BYTES = 900000;

const services = ['dataset', 'job', 'model', 'server'].map((name) => `aemlo/v1/${name}_service.proto`);
const { aemlo } = grpc.loadPackageDefinition(
  loader.loadSync(services, { includeDirs: [PROTO], longs: Number, enums: String, oneofs: true, defaults: true }),
);

/** Clients of all services. For TLS pass grpc.credentials.createSsl(); a token is sent as a bearer token. */
function connect(address = '127.0.0.1:50051', { credentials = grpc.credentials.createInsecure(), token } = {}) {
  const addToken = (options, next) =>
    new grpc.InterceptingCall(next(options), {
      start(metadata, listener, start) {
        metadata.set('authorization', `Bearer ${token}`);
        start(metadata, listener);
      },
    });
  const options = token ? { interceptors: [addToken] } : {};
  const make = (Service) => new Service(address, credentials, options);
  return {
    datasets: make(aemlo.v1.DatasetService),
    jobs: make(aemlo.v1.JobService),
    models: make(aemlo.v1.ModelService),
    server: make(aemlo.v1.ServerService),
    close() {
      for (const client of [this.datasets, this.jobs, this.models, this.server]) client.close();
    },
  };
}

/**
 * Stores a dense data set of numbers and gives its digest; storing the same rows twice keeps one copy.
 * features: n arrays of d numbers, where null and NaN mean "missing"; labels: n arrays of q values, 0 or 1.
 */
async function upload(clients, features, labels, { name = '', featureNames, labelNames } = {}) {
  const columns = features[0].length;
  const classes = labels[0].length;
  const attributes = [];
  for (let i = 0; i < columns; i++) {
    attributes.push({ name: featureNames ? featureNames[i] : `x${i + 1}`, numeric: { declaredType: 'numeric' } });
  }
  for (let i = 0; i < classes; i++) {
    attributes.push({ name: labelNames ? labelNames[i] : `y${i + 1}`, nominal: { values: ['0', '1'] } });
  }
  const header = {
    schema: {
      relationName: name || 'data',
      attributes,
      labels: labels[0].map((_, i) => ({ attributeIndex: columns + i, positiveValue: 1 })),
    },
    rowCount: features.length,
    layout: 'FEATURE_LAYOUT_DENSE',
    valueType: 'VALUE_TYPE_FLOAT64',
    name,
  };

  return new Promise((resolve, reject) => {
    const call = clients.datasets.uploadDataset((error, response) => (error ? reject(error) : resolve(response.dataset.digest)));
    send(call, header, features, labels).catch(() => call.cancel());
  });
}

async function send(call, header, features, labels) {
  let ended = false;
  call.on('status', () => { ended = true; call.emit('drain'); });
  // Waits whenever the connection is behind, so that a large data set is never queued whole.
  const write = (message) => (call.write(message) || ended ? undefined : new Promise((resume) => call.once('drain', resume)));
  await write({ header });
  const columns = features[0].length;
  const step = Math.max(1, Math.floor(BLOCK_BYTES / (8 * columns + columns / 8 + labels[0].length / 8 + 2)));
  for (let start = 0; start < features.length && !ended; start += step) {
    await write({ rows: block(features.slice(start, start + step), labels.slice(start, start + step)) });
  }
  call.end();
}

/**
 * Trains on a stored data set and gives the new rows: { features, labels, seedRows, report }.
 * options are those of the command line: { epochs: 20, 'minority-rule': 'irlbl' }. progress is called after each epoch,
 * accepted once with the job's id. An AbortSignal cancels the job.
 */
function oversample(clients, digest, columns, classes, { preset = 'default', options = {}, requestId, progress, accepted, signal, deadline } = {}) {
  const request = {
    control: { requestId: requestId || crypto.randomUUID() },
    datasetDigest: digest,
    method: { preset, options: Object.fromEntries(Object.entries(options).map(([key, value]) => [key, String(value)])) },
  };
  return new Promise((resolve, reject) => {
    const result = { features: [], labels: [], seedRows: [], report: null };
    const call = clients.jobs.oversample(request, deadline ? { deadline } : {});
    signal?.addEventListener('abort', () => call.cancel(), { once: true });
    call.on('data', ({ event }) => {
      if (event.event === 'accepted') accepted?.(event.accepted);
      else if (event.event === 'progress') progress?.(event.progress);
      else if (event.event === 'report') result.report = event.report;
      else if (event.event === 'recipe' && event.recipe.part === 'newRows') {
        const { rows, seedRows } = event.recipe.newRows;
        result.features.push(...featuresOf(rows, columns));
        result.labels.push(...labelsOf(rows, classes));
        for (let at = 0; at < seedRows.length; at += 4) result.seedRows.push(seedRows.readInt32LE(at));
      }
    });
    call.on('error', reject);
    call.on('end', () => resolve(result));
  });
}

function block(features, labels) {
  const columns = features[0].length;
  const values = Buffer.alloc(8 * columns * features.length);
  const missing = Buffer.alloc(Math.ceil((columns * features.length) / 8));
  let any = false;
  features.forEach((row, index) => row.forEach((value, column) => {
    const cell = index * columns + column;
    if (value === null || Number.isNaN(value)) {
      missing[cell >> 3] |= 1 << (cell & 7);
      any = true;
    } else {
      values.writeDoubleLE(value, 8 * cell);
    }
  }));
  const width = Math.ceil(labels[0].length / 8);
  const bits = Buffer.alloc(width * labels.length);
  labels.forEach((row, index) => row.forEach((value, label) => {
    if (value) bits[index * width + (label >> 3)] |= 1 << (label & 7);
  }));
  return { rowCount: features.length, dense: { values, missing: any ? missing : Buffer.alloc(0) }, labels: bits };
}

function featuresOf(rows, columns) {
  const isMissing = (mask, at) => mask.length > 0 && ((mask[at >> 3] >> (at & 7)) & 1) === 1;
  const result = [];
  let entry = 0;
  for (let row = 0; row < rows.rowCount; row++) {
    if (rows.features === 'dense') {
      const { values, missing } = rows.dense;
      result.push(Array.from({ length: columns }, (_, column) => {
        const cell = row * columns + column;
        return isMissing(missing, cell) ? null : values.readDoubleLE(8 * cell);
      }));
      continue;
    }
    const { entryCounts, columns: positions, values, missing } = rows.sparse;
    const cells = new Array(columns).fill(0);
    for (let left = entryCounts.readUInt32LE(4 * row); left > 0; left--, entry++) {
      cells[positions.readUInt32LE(4 * entry)] = isMissing(missing, entry) ? null : values.readDoubleLE(8 * entry);
    }
    result.push(cells);
  }
  return result;
}

function labelsOf(rows, classes) {
  const width = Math.ceil(classes / 8);
  return Array.from({ length: rows.rowCount }, (_, row) =>
    Array.from({ length: classes }, (_, label) => (rows.labels[row * width + (label >> 3)] >> (label & 7)) & 1));
}

module.exports = { connect, upload, oversample, block, grpc };
