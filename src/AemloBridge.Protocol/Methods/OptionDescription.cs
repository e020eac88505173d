using AemloBridge.Resampling.Options;

namespace AemloBridge.Protocol;

/// <summary>Describes an option so that a client can build its form from it.</summary>
internal static class OptionDescription
{
    public static V1.OptionInfo Of(MethodOption option)
    {
        var message = new V1.OptionInfo
        {
            Name = option.Name,
            Type = option.Type switch
            {
                OptionType.Integer => V1.OptionType.Integer,
                OptionType.Number => V1.OptionType.Number,
                OptionType.Flag => V1.OptionType.Flag,
                OptionType.Choice => V1.OptionType.Choice,
                _ => V1.OptionType.Unspecified,
            },
            Description = option.Description,
            Unit = option.Unit,
            Source = option.Source,
            MinimumExclusive = option.MinimumExclusive,
            MaximumExclusive = option.MaximumExclusive,
            UnsetMeaning = option.UnsetMeaning ?? "",
            AffectsTraining = option.AffectsTraining,
        };
        message.Choices.AddRange(option.Choices);
        if (option.Default is { } standard)
            message.DefaultValue = standard;
        if (option.Minimum is { } minimum)
            message.Minimum = minimum;
        if (option.Maximum is { } maximum)
            message.Maximum = maximum;
        return message;
    }
}
