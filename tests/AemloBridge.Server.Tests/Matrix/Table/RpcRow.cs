using AemloBridge.Server.Tests.Matrix.Support;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace AemloBridge.Server.Tests.Matrix.Table;

/// <summary>One call: what it is asked, and what comes of it in each column of the table.</summary>
internal sealed record RpcRow(MethodDescriptor Method)
{
    public string Name => Rpcs.Name(Method);

    /// <summary>What its request is about.</summary>
    public required About About { get; init; }

    /// <summary>The messages of a request that can be met.</summary>
    public required Func<Target, IEnumerable<IMessage>> Request { get; init; }

    /// <summary>Happy: checks the answers.</summary>
    public required Func<Lab, Target, IReadOnlyList<IMessage>, Task> Right { get; init; }

    /// <summary>Bad argument.</summary>
    public required Refusal Bad { get; init; }

    /// <summary>Cancelled, deadline and server restarted: how far the call goes.</summary>
    public required Held Held { get; init; }

    /// <summary>Cancelled and deadline.</summary>
    public required WhenLeft WhenLeft { get; init; }

    /// <summary>Worker killed.</summary>
    public required WhenWorkerKilled WhenWorkerKilled { get; init; }

    /// <summary>Server restarted.</summary>
    public required WhenRestarted WhenRestarted { get; init; }

    /// <summary>Wrong tenant; without a token every call is UNAUTHENTICATED.</summary>
    public required ForOtherTenant ForOtherTenant { get; init; }

    /// <summary>A check of the one answer of a unary call.</summary>
    public static Func<Lab, Target, IReadOnlyList<IMessage>, Task> One<TAnswer>(Func<Lab, Target, TAnswer, Task> right)
        where TAnswer : IMessage => (lab, target, answers) => right(lab, target, Assert.IsType<TAnswer>(Assert.Single(answers)));

    /// <inheritdoc cref="One{TAnswer}(Func{Lab, Target, TAnswer, Task})"/>
    public static Func<Lab, Target, IReadOnlyList<IMessage>, Task> One<TAnswer>(Action<Lab, Target, TAnswer> right)
        where TAnswer : IMessage => One<TAnswer>((lab, target, answer) =>
        {
            right(lab, target, answer);
            return Task.CompletedTask;
        });
}
