using AemloBridge.Protocol.V1;
using AemloBridge.Server.Configuration;
using AemloBridge.Server.Hosting;
using AemloBridge.Server.Jobs;
using AemloBridge.Server.Services;
using AemloBridge.Server.Storage;
using AemloBridge.Server.Tests.TestSupport;
using Grpc.AspNetCore.Server;
using Microsoft.Extensions.DependencyInjection;

namespace AemloBridge.Server.Tests.Services.Support;

/// <summary>The services over the embedded stores and a job manager that tests steer, behind a real socket.</summary>
internal sealed class ServiceHost : IAsyncDisposable
{
    private readonly InProcessServer _server;

    private ServiceHost(InProcessServer server) => _server = server;

    public string Address => _server.Address;

    public LogCollector Log => _server.Log;

    /// <summary>What the services' instruments say since the start.</summary>
    public Counted Sent { get; } = new();

    public SteeredJobs Manager => Get<SteeredJobs>();

    public IJobStore Jobs => Get<IJobStore>();

    public IDatasetStore DatasetStore => Get<IDatasetStore>();

    public string Folder => _server.DataFolder;

    /// <summary>Every file that the stores hold, half-written ones included, but for the database.</summary>
    public IReadOnlyList<string> Files =>
        [.. Directory.EnumerateFiles(Path.Combine(Folder, "tenants"), "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Folder, path)).Order(StringComparer.Ordinal)];

    /// <summary>Starts a server.</summary>
    /// <param name="limits">Its limits; null for the usual ones.</param>
    /// <param name="change">Changes what is registered.</param>
    /// <param name="engine">Stores and job manager; null for the embedded stores and <see cref="SteeredJobs"/>.</param>
    public static async Task<ServiceHost> StartAsync(Limits? limits = null, Action<IServiceCollection>? change = null, Action<IServiceCollection>? engine = null) => new(await InProcessServer.StartAsync(
        new ServerParts
        {
            Engine = engine ?? (services => services
                .AddEmbeddedStorage()
                .AddSingleton<SteeredJobs>()
                .AddSingleton<IJobManager>(provider => provider.GetRequiredService<SteeredJobs>())),
            Services = services =>
            {
                services.AddAemloServices();
                services.Configure<GrpcServiceOptions>(options => options.Interceptors.Add<TestTenant>());
                change?.Invoke(services);
            },
            Endpoints = endpoints => endpoints.MapAemloServices(),
        },
        options => options with { Limits = limits ?? new Limits(), WorkerExecutable = ServerProcess.Executable }));

    public DatasetService.DatasetServiceClient Datasets(string tenant = "a") => new(As(tenant));

    public ModelService.ModelServiceClient Models(string tenant = "a") => new(As(tenant));

    public JobService.JobServiceClient JobCalls(string tenant = "a") => new(As(tenant));

    public ServerService.ServerServiceClient Server(string tenant = "a") => new(As(tenant));

    /// <summary>A part of the server.</summary>
    public T Get<T>()
        where T : notnull => _server.Services.GetRequiredService<T>();

    /// <summary>The record of a job of tenant a.</summary>
    public JobRecord Job(string id) => Jobs.Get("a", id) ?? throw new InvalidOperationException($"no job {id}");

    /// <summary>Stops the server without waiting for its calls.</summary>
    public Task StopNowAsync() => _server.App.StopAsync(new CancellationToken(canceled: true));

    public async ValueTask DisposeAsync()
    {
        Sent.Dispose();
        await _server.DisposeAsync();
    }

    private CallsOfTheTest As(string tenant) => new(_server.Channel.CreateCallInvoker(), tenant);
}
