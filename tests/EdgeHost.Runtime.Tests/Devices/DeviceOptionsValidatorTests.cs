using EdgeHost.Runtime.Devices;

namespace EdgeHost.Runtime.Tests.Devices;

public sealed class DeviceOptionsValidatorTests
{
    public static TheoryData<string, Action<DeviceOptions>> Bad => new()
    {
        { "Devices:MemoryBytes:npu0 is 0", options => options.MemoryBytes["npu0"] = 0 },
        { "Devices:ProbePauseLimit", options => options.ProbePauseLimit = TimeSpan.FromSeconds(1) },
        { "Devices:Models:m both requires and avoids Npu", options => Add(options.Models, [DeviceKind.Npu], [], [DeviceKind.Npu]) },
        { "Devices:Apps:m both prefers and avoids Gpu", options => Add(options.Apps, [], [DeviceKind.Gpu], [DeviceKind.Gpu]) },
        { "Devices:Models:m prefers Gpu but its Require does not allow it", options => Add(options.Models, [DeviceKind.Npu], [DeviceKind.Gpu], []) },
        { "Devices:Models:m:Prefer names Npu twice", options => Add(options.Models, [], [DeviceKind.Npu, DeviceKind.Npu], []) },
        { "Devices:Models:m:Avoid has 7; the kinds are Cpu, Gpu, Npu", options => Add(options.Models, [], [], [(DeviceKind)7]) },
        { "Devices:Apps:a is empty", options => options.Apps["a"] = null! },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Validate_Contradiction_IsNamed(string expected, Action<DeviceOptions> configure)
    {
        var options = new EdgeHostRuntimeOptions();
        configure(options.Devices);

        var result = new DeviceOptionsValidator().Validate(null, options);

        Assert.StartsWith(expected, result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_SensiblePolicies_Pass()
    {
        var options = new EdgeHostRuntimeOptions();
        Add(options.Devices.Models, [DeviceKind.Npu, DeviceKind.Gpu], [DeviceKind.Gpu], []);
        Add(options.Devices.Apps, [], [DeviceKind.Npu], [DeviceKind.Cpu]);
        options.Devices.MemoryBytes["gpu0"] = 8L << 30;

        Assert.True(new DeviceOptionsValidator().Validate(null, options).Succeeded);
    }

    private static void Add(IDictionary<string, DevicePolicy> policies, DeviceKind[] require, DeviceKind[] prefer, DeviceKind[] avoid)
    {
        var policy = new DevicePolicy();
        foreach (var kind in require)
        {
            policy.Require.Add(kind);
        }

        foreach (var kind in prefer)
        {
            policy.Prefer.Add(kind);
        }

        foreach (var kind in avoid)
        {
            policy.Avoid.Add(kind);
        }

        policies["m"] = policy;
    }
}
