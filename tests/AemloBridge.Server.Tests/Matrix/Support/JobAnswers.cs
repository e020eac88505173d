using AemloBridge.Protocol.V1;
using AemloBridge.Server.Tests.Services.Support;
using Google.Protobuf;

namespace AemloBridge.Server.Tests.Matrix.Support;

/// <summary>The events in the answers of the calls that follow a job.</summary>
internal static class JobAnswers
{
    private const string EventField = "event";

    /// <summary>The event of an answer.</summary>
    public static JobEvent Event(IMessage answer) => (JobEvent)answer.Descriptor.FindFieldByName(EventField).Accessor.GetValue(answer);

    /// <summary>The job that the answers are of.</summary>
    public static string JobId(IReadOnlyList<IMessage> answers) => Event(answers[0]).Accepted.JobId;

    /// <summary>The whole recipe, which a report has followed.</summary>
    public static byte[] Recipe(IReadOnlyList<IMessage> answers)
    {
        Assert.Equal(JobId(answers), Event(answers[^1]).Report.JobId);
        return JobCalls.Recipe(answers.Select(Event));
    }
}
