using AemloBridge.Protocol.V1;
using Grpc.Health.V1;

namespace AemloBridge.Server.Hosting;

/// <summary>Whether the server serves, for whoever watches.</summary>
internal sealed class ServerHealth
{
    /// <summary>How the paths of the health service begin.</summary>
    public const string PathPrefix = "/grpc.health.v1.Health";

    // All services have the same workers behind them, so that one status does for all.
    private static readonly HashSet<string> Known =
    [
        "",
        .. new[] { DatasetServiceReflection.Descriptor, JobServiceReflection.Descriptor, ModelServiceReflection.Descriptor, ServerServiceReflection.Descriptor }
            .SelectMany(file => file.Services).Select(service => service.FullName),
        Health.Descriptor.FullName,
    ];

    private readonly Lock _gate = new();
    private State _state = new(serving: false, failing: false, ended: false);

    /// <summary>How it stands, with a task that ends when that changes.</summary>
    public State Now
    {
        get
        {
            lock (_gate)
                return _state;
        }
    }

    /// <summary>Whether there is a service of that name; the empty one stands for the whole server.</summary>
    public static bool Knows(string service) => Known.Contains(service);

    /// <summary>Sets whether it serves; changes nothing once it fails for good.</summary>
    /// <returns>Whether that is new.</returns>
    public bool Set(bool serving) => Change(state => state.Failing ? state : new State(serving, failing: false, ended: false));

    /// <summary>Serves no more, whatever the workers say.</summary>
    public void Fail() => Change(state => state.Failing ? state : new State(serving: false, failing: true, ended: false));

    /// <summary>Ends every watch.</summary>
    public void End() => Change(_ => new State(serving: false, failing: true, ended: true));

    private bool Change(Func<State, State> change)
    {
        State before;
        lock (_gate)
        {
            before = _state;
            State after = change(before);
            if (before.Ended || before.IsLike(after))
                return false;
            _state = after;
        }

        before.Replace();
        return true;
    }

    /// <summary>One state of health.</summary>
    internal sealed class State(bool serving, bool failing, bool ended)
    {
        private readonly TaskCompletionSource _replaced = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Whether it will never serve again.</summary>
        public bool Failing { get; } = failing;

        /// <summary>Whether watches have to end.</summary>
        public bool Ended { get; } = ended;

        /// <summary>Ends when another state holds.</summary>
        public Task Replaced => _replaced.Task;

        public HealthCheckResponse.Types.ServingStatus Status { get; } =
            serving ? HealthCheckResponse.Types.ServingStatus.Serving : HealthCheckResponse.Types.ServingStatus.NotServing;

        public bool IsLike(State other) => (Status, Failing, Ended) == (other.Status, other.Failing, other.Ended);

        public void Replace() => _replaced.SetResult();
    }
}
