using System.Reflection;
using AemloBridge.Aemlo.Networks;
using TorchSharp;

namespace AemloBridge.Core.Tests.Aemlo.Networks;

/// <summary>
/// Some functions of TorchSharp make a scalar for a number of their own and hold it no longer than until they have its
/// address: the garbage collector may free it before libtorch reads it, which fails a training once in many hours.
/// </summary>
public sealed class PassingScalarTests
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    // call, callvirt
    private static readonly byte[] Calls = [0x28, 0x6F];

    [Fact]
    public void Core_CallsNothingThatMakesAPassingScalar()
    {
        HashSet<MethodBase> making = Making();
        string[] used =
        [
            .. Methods(typeof(Sums).Assembly)
                .SelectMany(caller => Called(caller).Where(making.Contains).Select(called => $"{caller.DeclaringType}.{caller.Name}: {called}"))
                .Distinct(),
        ];

        Assert.True(used.Length == 0, $"use Sums and Constant instead:\n{string.Join('\n', used)}");
    }

    [Fact]
    public void Making_KnownShorthands_AreFound()
    {
        HashSet<MethodBase> making = Making();

        Assert.Contains(Method("add_", typeof(Scalar)), making);
        Assert.Contains(Method("add", typeof(torch.Tensor)), making);
        Assert.Contains(Method("op_Addition", typeof(torch.Tensor), typeof(torch.Tensor)), making);
        Assert.DoesNotContain(Method("add_", typeof(Scalar), typeof(Scalar)), making);
        Assert.DoesNotContain(Method("mul_", typeof(Scalar)), making);
    }

    private static MethodInfo Method(string name, params Type[] parameters) => typeof(torch.Tensor).GetMethod(name, parameters)!;

    /// <summary>The conversions of numbers, the methods of TorchSharp that call them, those that call these, and so on.</summary>
    private static HashSet<MethodBase> Making()
    {
        HashSet<MethodBase> making = [.. typeof(Scalar).GetMethods(All).Where(method => method.Name == "op_Implicit")];
        (MethodBase Caller, MethodBase[] Called)[] all =
            [.. Methods(typeof(torch.Tensor).Assembly).Select(method => (method, Called(method).ToArray()))];
        int before;
        do
        {
            before = making.Count;
            making.UnionWith(all.Where(method => method.Called.Any(making.Contains)).Select(method => method.Caller));
        }
        while (making.Count > before);
        return making;
    }

    private static IEnumerable<MethodBase> Methods(Assembly assembly) =>
        assembly.GetTypes().SelectMany(type => type.GetMethods(All).Concat<MethodBase>(type.GetConstructors(All)));

    /// <summary>The methods of TorchSharp that a method calls, as its code has them.</summary>
    private static IEnumerable<MethodBase> Called(MethodBase method)
    {
        byte[] code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (int at = 0; at + 5 <= code.Length; at++)
        {
            if (Calls.Contains(code[at]) && Resolve(method, BitConverter.ToInt32(code, at + 1)) is { } called && called.Module == typeof(Scalar).Module)
                yield return called;
        }
    }

    // A byte that looks like a call may be part of a number.
    private static MethodBase? Resolve(MethodBase caller, int token)
    {
        try
        {
            Type[]? ofType = caller.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
            return caller.Module.ResolveMethod(token, ofType, caller.IsGenericMethod ? caller.GetGenericArguments() : null);
        }
        catch (Exception error) when (error is ArgumentException or BadImageFormatException or TypeLoadException or FileNotFoundException)
        {
            return null;
        }
    }
}
