using System.Text.Json.Nodes;
using EdgeHost.PluginHost.Tests.Support;
using MessagePack;

namespace EdgeHost.PluginHost.Tests.Activation;

public sealed class PluginLifecycleTests
{
    [Fact]
    public async Task Scan_NewPlugin_IsReadyAndNotLoaded()
    {
        await using var host = new PluginTestHost();
        host.Install("Good");

        host.Registry.Scan();

        var info = host.Info("test.good");
        Assert.Equal(PluginState.Ready, info.State);
        Assert.Equal("1.0.0", info.Version);
        Assert.Equal(["good.stream", "good.version", "good.wait"], info.Capabilities);
        Assert.Equal(["tiny"], info.Models);
        Assert.Null(info.ModelsFolder);
        Assert.Equal(["good.stream", "good.version", "good.wait"], host.Catalog.Routes.Select(route => route.Method));
        Assert.False(Directory.Exists(host.Options.ShadowFolder));
    }

    [Fact]
    public async Task Call_FirstOne_StartsThePlugin()
    {
        await using var host = new PluginTestHost();
        host.Install("Good");
        host.Registry.Scan();

        Assert.Equal("1", await host.CallAsync("good.version"));

        var info = host.Info("test.good");
        Assert.Equal(PluginState.Active, info.State);
        Assert.Equal(1, info.Calls);
        Assert.Equal(0, info.FailedCalls);
        Assert.Equal(0, info.InFlightCalls);
    }

    [Fact]
    public async Task Call_ManyAtOnce_StartThePluginOnce()
    {
        await using var host = new PluginTestHost();
        host.Install("Good");
        host.Registry.Scan();

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => host.CallAsync("good.version"))));

        Assert.All(answers, answer => Assert.Equal("1", answer));
        Assert.Single(host.Loggers.Lines, line => line.Contains("was started", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Enter_Route_GivesDescriptorAndAllowedModels()
    {
        await using var host = new PluginTestHost();
        host.Install("Good");
        host.Registry.Scan();

        var entered = await host.Catalog.Find("good.version")!.Target.EnterAsync("good.version", default);

        Assert.Equal("good.version", entered.Descriptor.Method);
        Assert.IsType<string[]>(entered.Descriptor.Models);
        Assert.Equal(["tiny"], entered.AllowedModels!);
        Assert.Equal(1, host.Info("test.good").InFlightCalls);
        entered.Leave();
        Assert.Equal(0, host.Info("test.good").InFlightCalls);
    }

    [Fact]
    public async Task Enter_PluginWithTasks_GivesThem()
    {
        await using var host = new PluginTestHost();
        host.Install("Good", edit: manifest =>
        {
            manifest["contract"] = "1.3";
            manifest["tasks"] = new JsonArray("speech-recognition", "sentiment");
        });
        host.Registry.Scan();

        var entered = await host.Catalog.Find("good.version")!.Target.EnterAsync("good.version", default);

        Assert.Equal(["sentiment", "speech-recognition"], entered.AllowedTasks.Order(StringComparer.Ordinal));
        Assert.Equal(["sentiment", "speech-recognition"], host.Info("test.good").Tasks);
        entered.Leave();
    }

    [Fact]
    public async Task Enter_MethodThatThePluginLacks_IsUnimplemented()
    {
        await using var host = new PluginTestHost();
        host.Install("Good");
        host.Registry.Scan();

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => host.Catalog.Find("good.version")!.Target.EnterAsync("good.else", default).AsTask());

        Assert.Equal(ErrorCode.Unimplemented, error.Code);
    }

    [Fact]
    public async Task Call_Stream_GivesItemsThenResponse()
    {
        await using var host = new PluginTestHost();
        host.Install("Good");
        host.Registry.Scan();
        var items = new List<byte>();

        var response = await host.CallAsync("good.stream", sink: (item, _) =>
        {
            items.AddRange(item);
            return Task.CompletedTask;
        });

        Assert.Equal("end", response);
        Assert.Equal([0, 1, 2], items);
    }

    [Fact]
    public async Task Activate_KnownPlugin_StartsIt()
    {
        await using var host = new PluginTestHost();
        host.Install("Good");
        host.Registry.Scan();

        await host.Registry.ActivateAsync("test.good", default);

        Assert.Equal(PluginState.Active, host.Info("test.good").State);
    }

    [Fact]
    public async Task Activate_UnknownPlugin_IsNotFound()
    {
        await using var host = new PluginTestHost();

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => host.Registry.ActivateAsync("nobody", default).AsTask());

        Assert.Equal(ErrorCode.NotFound, error.Code);
    }

    [Fact]
    public async Task Call_PluginWithServicesLoggerAndMessagePack_Works()
    {
        await using var host = new PluginTestHost();
        host.Install("WithServices");
        host.Registry.Scan();

        var bytes = await host.CallBytesAsync("services.greet", MessagePackSerializer.Serialize("Ada"));

        var greeting = MessagePackSerializer.Deserialize<Dictionary<string, object>>(bytes);
        Assert.Equal("Hello Ada from test.with_services", greeting["text"]);
        Assert.Equal(host.Time.GetUtcNow().ToUnixTimeMilliseconds(), Convert.ToInt64(greeting["at"]));
        Assert.Contains(host.Loggers.Lines, line => line.StartsWith("Information test.with_services/TestPlugins.WithServices.Greeter Greeting Ada.", StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(host.Options.DataFolder, "test.with_services", "started.txt")));
    }

    [Fact]
    public async Task Stop_ActivePlugin_DisposesItsServicesAndKeepsItsData()
    {
        await using var host = new PluginTestHost();
        host.Install("WithServices");
        host.Registry.Scan();
        await host.CallBytesAsync("services.greet", MessagePackSerializer.Serialize("Ada"));

        await host.Registry.StopAsync();

        Assert.True(File.Exists(Path.Combine(host.Options.DataFolder, "test.with_services", "disposed.txt")));
        Assert.Empty(host.Catalog.Routes);
        Assert.Equal(PluginState.Stopped, host.Info("test.with_services").State);
        Assert.Empty(Directory.EnumerateDirectories(host.Options.ShadowFolder));
    }

    [Fact]
    public async Task Settings_ManifestAndIntegrator_IntegratorWins()
    {
        await using var host = new PluginTestHost();
        host.Install("GoodNext");
        host.Options.Settings["test.good"] = new Dictionary<string, string> { ["Greeting:Text"] = "hi", ["more"] = "yes" };
        host.Registry.Scan();

        Assert.Equal("greeting:text=hi\ngreeting:times=2\nmore=yes", await host.CallAsync("good.settings"));
    }

    [Fact]
    public async Task Scan_ImmutableDirectory_LoadsInPlace()
    {
        await using var host = new PluginTestHost();
        host.Options.Directories[0].IsImmutable = true;
        host.Install("Good");
        host.Registry.Scan();

        Assert.Equal("1", await host.CallAsync("good.version"));

        Assert.False(Directory.Exists(host.Options.ShadowFolder));
    }

    [Fact]
    public async Task Scan_FolderWithModels_SaysWhereAndDoesNotCopyThem()
    {
        await using var host = new PluginTestHost();
        var folder = host.Install("Good");
        Directory.CreateDirectory(Path.Combine(folder, "models"));
        await File.WriteAllTextAsync(Path.Combine(folder, "models", "tiny.json"), "{}");
        host.Registry.Scan();
        await host.CallAsync("good.version");

        Assert.Equal(Path.Combine(folder, "models"), host.Info("test.good").ModelsFolder);
        Assert.Empty(Directory.EnumerateFiles(host.Options.ShadowFolder, "tiny.json", SearchOption.AllDirectories));
        Assert.Single(Directory.EnumerateFiles(host.Options.ShadowFolder, "TestPlugins.Good.dll", SearchOption.AllDirectories));
    }
}
