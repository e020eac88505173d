using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace AemloBridge.Server.Security;

/// <summary>Whose call it is. Set once the token has been checked; read by every service.</summary>
internal static class TenantContext
{
    /// <summary>The tenant of every call where no tokens are used.</summary>
    public const string Default = "default";

    private const string Key = "aemlo.tenant";

    /// <summary>The tenant that the call's token stands for.</summary>
    public static string Tenant(this ServerCallContext context) => context.UserState.TryGetValue(Key, out object? tenant) ? (string)tenant : Default;

    /// <summary>Notes the tenant for the rest of the call.</summary>
    public static void SetTenant(this ServerCallContext context, string tenant) => context.UserState[Key] = tenant;

    /// <summary>Notes the tenant before the call has a context of its own: that takes over what the request holds.</summary>
    public static void SetTenant(this HttpContext request, string tenant) => request.Items[Key] = tenant;
}
