using AemloBridge.Aemlo.Options;
using AemloBridge.Aemlo.Training;
using AemloBridge.Client.Calls;
using AemloBridge.Client.Connections;
using AemloBridge.Data;
using AemloBridge.Protocol.V1;
using AemloBridge.Resampling;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace AemloBridge.Client;

/// <summary>
/// Oversampling through an AEMLO Bridge server. Safe to use from any thread; make one for each server and keep it.
/// </summary>
/// <remarks>
/// Lost connections are taken up again: a job goes on meanwhile, and what has arrived of its result is not sent twice. Every
/// method throws <see cref="AemloServerException"/> when the server cannot be reached or refuses, and
/// <see cref="OperationCanceledException"/> when its token is cancelled.
/// </remarks>
public sealed class AemloClient : IDisposable
{
    private readonly GrpcChannel _channel;
    private readonly Handshake _handshake;

    private AemloClient(ServerAddress address, AemloClientOptions options)
    {
        _channel = ChannelFactory.Create(address, options);
        Invoker = _channel.Intercept(headers => RequestHeaders.Add(headers, options));
        var caller = new Caller(address, options);
        Address = address.Text;
        _handshake = new Handshake(caller, new ServerService.ServerServiceClient(Invoker));
        Datasets = new DatasetClient(caller, _handshake, Invoker);
        Models = new ModelClient(caller, _handshake, Invoker);
        Jobs = new JobClient(caller, _handshake, Invoker);
    }

    /// <summary>The address, as messages name it.</summary>
    public string Address { get; }

    /// <summary>The tenant's data sets on the server.</summary>
    public DatasetClient Datasets { get; }

    /// <summary>The tenant's models on the server.</summary>
    public ModelClient Models { get; }

    /// <summary>The tenant's jobs on the server.</summary>
    public JobClient Jobs { get; }

    /// <summary>For calls with the generated clients: token and protocol version are added to each.</summary>
    public CallInvoker Invoker { get; }

    /// <summary>A client for a server; nothing is sent yet.</summary>
    /// <param name="address"><c>http://HOST:PORT</c>, <c>https://HOST:PORT</c> or <c>unix:PATH</c>.</param>
    /// <param name="options">How to reach it; null for the defaults.</param>
    /// <exception cref="ArgumentException">The address is none, a certificate cannot be read, or a token would travel unencrypted.</exception>
    public static AemloClient Connect(string address, AemloClientOptions? options = null) =>
        new(ServerAddress.Parse(address), options ?? new AemloClientOptions());

    /// <summary>Versions, devices, limits and methods of the server. Made before the first call of any other method, too.</summary>
    /// <exception cref="AemloServerException">The server cannot be reached, or client and server speak no common version.</exception>
    public Task<GetServerInfoResponse> GetServerInfoAsync(CancellationToken cancellationToken = default) => _handshake.AskAsync(cancellationToken);

    /// <summary>Stores a data set on the server, unless it is there already.</summary>
    /// <param name="data">The data set.</param>
    /// <param name="name">A name for lists; may be empty.</param>
    /// <param name="cancellationToken">Ends the upload; nothing of it stays.</param>
    /// <exception cref="AemloServerException">The server cannot be reached, or refuses the data set.</exception>
    public Task<Dataset> UploadAsync(MultiLabelDataset data, string name = "", CancellationToken cancellationToken = default) =>
        Datasets.UploadAsync(data, name, cancellationToken);

    /// <summary>Measures how imbalanced the labels of a data set are.</summary>
    /// <param name="data">The data set; uploaded unless it is there already.</param>
    /// <param name="options">The rule for minority labels; the rest does not matter.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="AemloServerException">The server cannot be reached, or refuses.</exception>
    public async Task<Imbalance.ImbalanceReport> AnalyzeAsync(MultiLabelDataset data, AemloOptions options, CancellationToken cancellationToken = default)
    {
        Dataset stored = await UploadAsync(data, cancellationToken: cancellationToken).ConfigureAwait(false);
        return await Datasets.AnalyzeAsync(stored.Digest, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Resamples a data set with the method that the options belong to: AEMLO trains on it and makes new rows for its rare labels.</summary>
    /// <param name="data">The data set; uploaded unless it is there already.</param>
    /// <param name="options">The options of a method.</param>
    /// <param name="progress">Told after each epoch, on the thread that reads from the server.</param>
    /// <param name="settings">How the job is started and waited for; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the job, on the server too.</param>
    /// <exception cref="AemloServerException">The server cannot be reached or refuses, or the job failed.</exception>
    public async Task<ResamplingOutcome> OversampleAsync(
        MultiLabelDataset data,
        ResamplingOptions options,
        IProgress<EpochReport>? progress = null,
        JobSettings? settings = null,
        CancellationToken cancellationToken = default)
    {
        Dataset stored = await UploadAsync(data, cancellationToken: cancellationToken).ConfigureAwait(false);
        return await Jobs.OversampleAsync(stored.Digest, data.Schema, options, progress, settings, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Trains on a data set and keeps the model on the server.</summary>
    /// <param name="data">The data set; uploaded unless it is there already.</param>
    /// <param name="options">The options.</param>
    /// <param name="modelName">A name for the model in lists; may be empty.</param>
    /// <param name="progress">Told after each epoch, on the thread that reads from the server.</param>
    /// <param name="settings">How the job is started and waited for; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the job, on the server too.</param>
    /// <exception cref="AemloServerException">The server cannot be reached or refuses, or the job failed.</exception>
    public async Task<TrainingOutcome> TrainAsync(
        MultiLabelDataset data,
        AemloOptions options,
        string modelName = "",
        IProgress<EpochReport>? progress = null,
        JobSettings? settings = null,
        CancellationToken cancellationToken = default)
    {
        Dataset stored = await UploadAsync(data, cancellationToken: cancellationToken).ConfigureAwait(false);
        return await Jobs.TrainAsync(stored.Digest, options, modelName, progress, settings, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes new rows with a model of the server.</summary>
    /// <param name="modelId">The model.</param>
    /// <param name="options">What to make; of these only the options that matter for generation, seed, threads and device are sent.</param>
    /// <param name="seeds">Rows to make new ones from; uploaded unless they are there already. Their schema is the model's.</param>
    /// <param name="settings">How the job is started and waited for; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the job, on the server too.</param>
    /// <exception cref="AemloServerException">The server cannot be reached or refuses, or the job failed.</exception>
    public async Task<ResamplingOutcome> GenerateAsync(
        string modelId,
        AemloOptions options,
        MultiLabelDataset seeds,
        JobSettings? settings = null,
        CancellationToken cancellationToken = default)
    {
        Dataset stored = await UploadAsync(seeds, cancellationToken: cancellationToken).ConfigureAwait(false);
        return await Jobs.GenerateAsync(modelId, options, seeds.Schema, stored.Digest, settings, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the connection; jobs go on.</summary>
    public void Dispose() => _channel.Dispose();
}
