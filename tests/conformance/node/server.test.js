'use strict';

const assert = require('node:assert/strict');
const { after, before, describe, it } = require('node:test');
const { aemlo, details, grpc, sample, SMALL, standard, startServer, unary } = require('./harness');

describe('a server, from Node', () => {
  let server;
  let clients;
  let digest;
  const { features, labels } = sample();
  const oversample = (extra) => aemlo.oversample(clients, digest, 6, 3, { ...extra, options: { ...SMALL, ...extra.options } });
  const fails = async (promise, code) => {
    const error = await promise.then(() => assert.fail('the call succeeded'), (reason) => reason);
    assert.equal(error.code, code, error.message);
    return error;
  };

  before(async () => {
    server = await startServer();
    clients = aemlo.connect(server.address);
    digest = await aemlo.upload(clients, features, labels, { name: 'from-node' });
  });

  after(async () => {
    clients.close();
    await server.close();
  });

  it('finds what was uploaded', async () => {
    const { dataset } = await unary(clients.datasets, 'findDataset', { digest });
    assert.deepEqual([dataset.rowCount, dataset.featureCount, dataset.labelCount, dataset.name], [200, 6, 3, 'from-node']);
  });

  it('makes new rows for the rare label, with progress', async () => {
    const epochs = [];
    const result = await oversample({ options: { epochs: 3 }, progress: (epoch) => epochs.push(epoch) });
    assert.equal(epochs.at(-1).epoch, 3);
    assert.equal(epochs.at(-1).device, 'cpu');
    assert.equal(result.features.length, Number(result.report.madeRows));
    assert.ok(result.features.length > 0);
    result.features.forEach((row) => assert.equal(row.length, 6));
    result.labels.forEach((row) => assert.equal(row[2], 1));
    result.seedRows.forEach((seed) => assert.equal(labels[seed][2], 1));
  });

  it('gives the same rows for the same seed', async () => {
    const [first, second] = [await oversample({ options: { epochs: 2 } }), await oversample({ options: { epochs: 2 } })];
    assert.deepEqual(first.features, second.features);
    assert.deepEqual(first.labels, second.labels);
  });

  it('cancels a job when its call is aborted', async () => {
    const stop = new AbortController();
    let job;
    const running = oversample({
      options: { epochs: 100000 },
      signal: stop.signal,
      accepted: (event) => { job = event.jobId; },
      progress: () => stop.abort(),
    });
    await fails(running, grpc.status.CANCELLED);
    const watch = clients.jobs.watchJob({ jobId: job });
    watch.resume();
    await new Promise((resolve) => watch.once('error', resolve));
    assert.equal((await unary(clients.jobs, 'getJob', { jobId: job })).job.state, 'JOB_STATE_CANCELLED');
  });

  it('attaches again to a job that runs on', async () => {
    const call = clients.jobs.oversample({
      control: { keepRunning: true },
      datasetDigest: digest,
      method: { options: { hidden: '16', latent: '8', threads: '1', device: 'cpu', seed: '5', epochs: '40' } },
    });
    const job = await new Promise((resolve, reject) => {
      call.on('data', ({ event }) => event.event === 'accepted' && resolve(event.accepted.jobId));
      call.on('error', reject);
    });
    call.removeAllListeners('error');
    call.on('error', () => {});
    call.cancel();
    const kinds = new Set();
    const watch = clients.jobs.watchJob({ jobId: job });
    watch.on('data', ({ event }) => kinds.add(event.event));
    await new Promise((resolve, reject) => watch.once('end', resolve).once('error', reject));
    assert.ok(kinds.has('recipe') && kinds.has('report'), [...kinds].join());
  });

  it('names the option that is wrong', async () => {
    const error = await fails(oversample({ options: { epochs: 0 } }), grpc.status.INVALID_ARGUMENT);
    assert.equal(details(error).BadRequest.fieldViolations[0].field, 'method.options[epochs]');
    assert.equal(details(error).ErrorInfo.domain, 'aemlo');
  });

  it('refuses rows that do not fill their values', async () => {
    const call = new Promise((resolve, reject) => {
      const upload = clients.datasets.uploadDataset((error, response) => (error ? reject(error) : resolve(response)));
      const attributes = [{ name: 'x', numeric: {} }, { name: 'y', nominal: { values: ['0', '1'] } }];
      upload.write({ header: { schema: { attributes, labels: [{ attributeIndex: 1, positiveValue: 1 }] }, rowCount: 2, layout: 'FEATURE_LAYOUT_DENSE', valueType: 'VALUE_TYPE_FLOAT64' } });
      upload.end({ rows: { rowCount: 2, dense: { values: Buffer.alloc(8) }, labels: Buffer.from([1, 0]) } });
    });
    const error = await fails(call, grpc.status.INVALID_ARGUMENT);
    assert.match(details(error).BadRequest.fieldViolations[0].field, /values/);
  });

  it('says it is healthy', async () => {
    const health = new standard.grpc.health.v1.Health(server.address, grpc.credentials.createInsecure());
    const { status } = await unary(health, 'check', { service: '' });
    health.close();
    assert.equal(status, 'SERVING');
  });

  it('lists its services by reflection', async () => {
    const reflection = new standard.grpc.reflection.v1alpha.ServerReflection(server.address, grpc.credentials.createInsecure());
    const call = reflection.serverReflectionInfo();
    const answer = new Promise((resolve, reject) => call.once('data', resolve).once('error', reject));
    call.end({ listServices: '*' });
    const names = (await answer).listServicesResponse.service.map((item) => item.name);
    reflection.close();
    for (const name of ['Dataset', 'Job', 'Model', 'Server']) assert.ok(names.includes(`aemlo.v1.${name}Service`), names.join());
  });

  it('tells a client that is too new', async () => {
    const error = await fails(unary(clients.server, 'getServerInfo', { protocolVersion: 999 }), grpc.status.FAILED_PRECONDITION);
    assert.match(error.details, /999/);
  });
});
