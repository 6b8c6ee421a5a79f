using System.Buffers;
using EdgeHost.Capabilities.Models;
using EdgeHost.Deployment.Versions;
using EdgeHost.Runtime.Dispatch;
using EdgeHost.Runtime.Models;
using EdgeHost.Serialization;
using EdgeHost.TestKit;

namespace EdgeHost.Host.Tests.Methods;

public sealed class VersionMethodSetTests : IAsyncLifetime
{
    private static readonly AppIdentity Mail = new("mail", 1000, 1);
    private static readonly AppIdentity Other = new("other", 1000, 2);
    private readonly TempFolder _folder = new();
    private readonly HostFixture _host = new();

    public async Task InitializeAsync()
    {
        var graph = _folder.Combine("model.onnx");
        await File.WriteAllBytesAsync(graph, OnnxGraph.MatMul(4, 0.5f).ToModel());
        _host.Source.Add(new ModelArtifact
        {
            Id = "m",
            Version = "1.0.0",
            Variant = "fp32",
            GraphPath = graph,
            GraphSha256 = new string('0', 64),
            Files = new Dictionary<string, string> { ["model.onnx"] = graph },
            SizeBytes = 1 << 10,
        });
        await AddAsync(VersionScope.Of(Mail));
        await AddAsync(VersionScope.Device);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task AnApp_SeesAndSteersItsOwnAlone()
    {
        var own = await CallAsync<ListVersionsRequest, ListVersionsResponse>(Mail, ModelMethods.Versions, new ListVersionsRequest());
        Assert.Equal(("mail", VersionStage.Shadow, 0L), Assert.Single(own.Versions.Select(static version => (version.App, version.Stage, version.Calls!.Value))));
        Assert.Empty((await CallAsync<ListVersionsRequest, ListVersionsResponse>(Other, ModelMethods.Versions, new ListVersionsRequest())).Versions);

        var refused = await Assert.ThrowsAsync<EdgeHostException>(
            () => CallAsync<ListVersionsRequest, ListVersionsResponse>(Other, ModelMethods.Versions, new ListVersionsRequest { App = "mail" }));
        var unknown = await Assert.ThrowsAsync<EdgeHostException>(
            () => CallAsync<PromoteModelRequest, PromoteModelResponse>(Other, ModelMethods.Promote, new PromoteModelRequest { Model = "m", Force = true }));
        var promoted = await CallAsync<PromoteModelRequest, PromoteModelResponse>(Mail, ModelMethods.Promote, new PromoteModelRequest { Model = "m", Force = true });
        var back = await CallAsync<RollBackModelRequest, RollBackModelResponse>(Mail, ModelMethods.RollBack, new RollBackModelRequest { Model = "m", Reason = "worse" });
        var history = await CallAsync<ModelHistoryRequest, ModelHistoryResponse>(Mail, ModelMethods.History, new ModelHistoryRequest { Model = "m" });

        Assert.Equal((ErrorCode.PermissionDenied, ErrorCode.NotFound), (refused.Code, unknown.Code));
        Assert.Equal((VersionStage.Current, "1.0.0-local.1"), (promoted.Version.Stage, promoted.Version.Version));
        Assert.Equal(("1.0.0-local.1", null), (back.From, back.To));
        Assert.Equal(["retired by app", "current by app", "shadow by maker", "stored by maker"], history.Events.Select(static entry => $"{entry.To.ToString().ToLowerInvariant()} by {entry.By}"));
        Assert.Equal("asked for: worse", history.Events[0].Reason);
    }

    [Fact]
    public async Task TheOwner_SeesAndSteersEverything()
    {
        var all = await _host.Caller.CallAsync<ListVersionsRequest, ListVersionsResponse>(ModelMethods.Versions, new ListVersionsRequest(), default);
        Assert.Equal(2, all.Versions.Count);

        var device = await _host.Caller.CallAsync<PromoteModelRequest, PromoteModelResponse>(ModelMethods.Promote, new PromoteModelRequest { Model = "m", Force = true }, default);
        var app = await _host.Caller.CallAsync<PromoteModelRequest, PromoteModelResponse>(
            ModelMethods.Promote, new PromoteModelRequest { Model = "m", To = VersionStage.Canary, App = "mail", User = 1000 }, default);
        var held = await Assert.ThrowsAsync<EdgeHostException>(() => _host.Caller.CallAsync<PromoteModelRequest, PromoteModelResponse>(
            ModelMethods.Promote, new PromoteModelRequest { Model = "m", App = "mail", User = 1000 }, default));

        Assert.Null(device.Version.App);
        Assert.Equal(("mail", VersionStage.Canary), (app.Version.App, app.Version.Stage));
        Assert.Equal(ErrorCode.FailedPrecondition, held.Code);
        Assert.Contains("0 of 50 calls so far", held.Message, StringComparison.Ordinal);
    }

    private Task<ModelVersion> AddAsync(VersionScope scope)
        => _host.Get<IVersionStore>().AddAsync(new NewVersion { Model = "m", Scope = scope, Folder = _folder.Path }, default);

    private async Task<TResponse> CallAsync<TRequest, TResponse>(AppIdentity app, string method, TRequest request)
        where TRequest : IWireMessage<TRequest>
        where TResponse : IWireMessage<TResponse>
    {
        var response = new ArrayBufferWriter<byte>();
        await _host.Get<ICapabilityDispatcher>().InvokeAsync(
            new CapabilityInvocation { Method = method, Body = WireMessageSerializer.ToArray(request), App = app }, response, CancellationToken.None);
        return WireMessageSerializer.Deserialize<TResponse>(response.WrittenMemory);
    }
}
