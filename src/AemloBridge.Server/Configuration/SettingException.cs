namespace AemloBridge.Server.Configuration;

/// <summary>A setting whose value cannot be used; the one who knows where it was given adds that.</summary>
/// <param name="message">What is wrong with the value, and what would be right.</param>
internal sealed class SettingException(string message) : Exception(message);
