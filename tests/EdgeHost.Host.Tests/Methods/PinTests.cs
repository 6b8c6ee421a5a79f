using System.Buffers;
using System.Reflection;
using EdgeHost.Capabilities.Models;
using EdgeHost.Runtime.Dispatch;
using EdgeHost.Runtime.Models;
using EdgeHost.Serialization;
using Microsoft.Extensions.DependencyInjection;

namespace EdgeHost.Host.Tests.Methods;

/// <summary>On whose account a pin is held.</summary>
public sealed class PinTests
{
    [Theory]
    [InlineData("edgehost-cli", "operator")]
    [InlineData("photos", "photos")]
    public async Task Pin_ByAnApp_IsItsOwn(string app, string owner)
    {
        var pool = DispatchProxy.Create<IModelPool, RecordingPool>();
        await using var host = new HostFixture(services => services.AddSingleton(pool));

        var pinned = await CallAsync<PinModelRequest, PinModelResponse>(host, app, ModelMethods.Pin, new PinModelRequest { Model = "m" });
        var unpinned = await CallAsync<UnpinModelRequest, UnpinModelResponse>(host, app, ModelMethods.Unpin, new UnpinModelRequest { Model = "m" });

        Assert.Equal(owner, pinned.Owner);
        Assert.True(unpinned.WasPinned);
        Assert.Equal([$"PinAsync m {owner}", $"Unpin m {owner}"], ((RecordingPool)(object)pool).Calls);
    }

    private static async Task<TResponse> CallAsync<TRequest, TResponse>(HostFixture host, string app, string method, TRequest request)
        where TRequest : IWireMessage<TRequest>
        where TResponse : IWireMessage<TResponse>
    {
        var response = new ArrayBufferWriter<byte>();
        await host.Get<ICapabilityDispatcher>().InvokeAsync(
            new CapabilityInvocation { Method = method, Body = WireMessageSerializer.ToArray(request), App = new AppIdentity(app, -1, -1) }, response, CancellationToken.None);
        return WireMessageSerializer.Deserialize<TResponse>(response.WrittenMemory);
    }

    /// <summary>A proxy, so that a pool that learns more does not break this test.</summary>
    public class RecordingPool : DispatchProxy
    {
        public List<string> Calls { get; } = [];

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            switch (targetMethod!.Name)
            {
                case nameof(IModelPool.PinAsync):
                    Calls.Add($"{targetMethod.Name} {args![0]} {args[1]}");
                    return ValueTask.CompletedTask;
                case nameof(IModelPool.Unpin):
                    Calls.Add($"{targetMethod.Name} {args![0]} {args[1]}");
                    return true;
                case nameof(IModelPool.Snapshot):
                    return new ModelPoolSnapshot(0, 0, 0, 0, 0, 0, 0, []);
                default:
                    return null;
            }
        }
    }
}
