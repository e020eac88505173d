using System.Diagnostics.CodeAnalysis;

[assembly: SuppressMessage("Usage", "xUnit1051", Scope = "namespaceanddescendants", Target = "~N:AemloBridge.Server.Tests.Services", Justification = "CallsOfTheTest gives every call the test's token.")]
[assembly: SuppressMessage("Usage", "xUnit1051", Scope = "namespaceanddescendants", Target = "~N:AemloBridge.Server.Tests.Errors", Justification = "CallsOfTheTest gives every call the test's token.")]
