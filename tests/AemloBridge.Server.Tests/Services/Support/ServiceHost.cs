using AemloBridge.Protocol.V1;
using AemloBridge.Server.Configuration;
using AemloBridge.Server.Jobs;
using AemloBridge.Server.Services;
using AemloBridge.Server.Storage;
using Grpc.AspNetCore.Server;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AemloBridge.Server.Tests.Services.Support;

/// <summary>The services over the embedded stores and a job manager that tests steer, behind a real socket.</summary>
internal sealed class ServiceHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;

    private ServiceHost(WebApplication app, string folder, Logs logs)
    {
        _app = app;
        _folder = folder;
        Logs = logs;
        Address = app.Urls.First();
        Channel = GrpcChannel.ForAddress(Address, new GrpcChannelOptions { MaxReceiveMessageSize = null });
    }

    public string Address { get; }

    public GrpcChannel Channel { get; }

    public Logs Logs { get; }

    /// <summary>What the services' instruments say since the start.</summary>
    public Counted Sent { get; } = new();

    public SteeredJobs Manager => _app.Services.GetRequiredService<SteeredJobs>();

    public IJobStore Jobs => _app.Services.GetRequiredService<IJobStore>();

    public IDatasetStore DatasetStore => _app.Services.GetRequiredService<IDatasetStore>();

    public IModelStore ModelStore => _app.Services.GetRequiredService<IModelStore>();

    public string Folder => _folder;

    /// <summary>Every file that the stores hold, half-written ones included, but for the database.</summary>
    public IReadOnlyList<string> Files =>
        [.. Directory.EnumerateFiles(Path.Combine(_folder, "tenants"), "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(_folder, path)).Order(StringComparer.Ordinal)];

    public static async Task<ServiceHost> StartAsync(Limits? limits = null, Action<IServiceCollection>? change = null, TimeProvider? time = null)
    {
        string folder = Directory.CreateTempSubdirectory("aemlo-services-").FullName;
        var logs = new Logs();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(logs);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddSingleton(new ServerOptions { DataFolder = folder, Limits = limits ?? new Limits() });
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddEmbeddedStorage();
        builder.Services.AddSingleton<SteeredJobs>();
        builder.Services.AddSingleton<IJobManager>(provider => provider.GetRequiredService<SteeredJobs>());
        builder.Services.AddAemloServices();
        builder.Services.Configure<GrpcServiceOptions>(options => options.Interceptors.Add<TestTenant>());
        change?.Invoke(builder.Services);
        WebApplication app = builder.Build();
        app.MapAemloServices();
        await app.StartAsync();
        return new ServiceHost(app, folder, logs);
    }

    public DatasetService.DatasetServiceClient Datasets(string tenant = "a") => new(As(tenant));

    public ModelService.ModelServiceClient Models(string tenant = "a") => new(As(tenant));

    public JobService.JobServiceClient JobCalls(string tenant = "a") => new(As(tenant));

    public ServerService.ServerServiceClient Server(string tenant = "a") => new(As(tenant));

    /// <summary>The record of a job of tenant a.</summary>
    public JobRecord Job(string id) => Jobs.Get("a", id) ?? throw new InvalidOperationException($"no job {id}");

    /// <summary>Stops the server without waiting for its calls.</summary>
    public Task StopNowAsync() => _app.StopAsync(new CancellationToken(canceled: true));

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        Sent.Dispose();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private CallsOfTheTest As(string tenant) => new(Channel.CreateCallInvoker(), tenant);
}
