using System.Text.Json.Nodes;
using EdgeHost.PluginHost.Tests.Support;

namespace EdgeHost.PluginHost.Tests.Registry;

public sealed class PluginChecksTests
{
    [Theory]
    [InlineData("contract", "\"2.0\"", PluginState.NotSupported, "contract 2.0; this host has 1.4. Update the host")]
    [InlineData("contract", "\"1.5\"", PluginState.NotSupported, "contract 1.5; this host has 1.4. Update the host")]
    [InlineData("contract", "\"0.9\"", PluginState.NotSupported, "contract 0.9; this host has 1.4. Install a version of the plugin")]
    [InlineData("isolation", "\"process\"", PluginState.NotSupported, "isolation 'process'")]
    [InlineData("permissions", "[\"camera\"]", PluginState.NotSupported, "camera")]
    [InlineData("entry", "\"Other.dll\"", PluginState.Broken, "'Other.dll' is not in the folder")]
    [InlineData("capabilites", "[]", PluginState.Broken, "did you mean 'capabilities'?")]
    public async Task Scan_ManifestThatCannotBeUsed_LoadsNothing(string key, string value, PluginState state, string reason)
    {
        await using var host = new PluginTestHost();
        host.Install("Good", edit: manifest => manifest[key] = JsonNode.Parse(value));
        host.Registry.Scan();

        var info = host.Info("test.good");
        Assert.Equal(state, info.State);
        Assert.Contains(reason, info.Reason, StringComparison.Ordinal);
        Assert.Equal("1.0.0", info.Version);
        Assert.Empty(host.Catalog.Routes);
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => host.Registry.ActivateAsync("test.good", default).AsTask());
        Assert.Equal(ErrorCode.Unavailable, error.Code);
    }

    [Theory]
    [InlineData("1.0")]
    [InlineData("1.1")]
    public async Task Scan_ContractUpToTheHosts_LoadsAndServes(string contract)
    {
        await using var host = new PluginTestHost();
        host.Install("Good", edit: manifest => manifest["contract"] = contract);
        host.Registry.Scan();

        Assert.Equal(PluginState.Ready, host.Info("test.good").State);
        Assert.Equal("1", await host.CallAsync("good.version"));
    }

    [Theory]
    [InlineData(null, "$.personalisation[0].spec: the file 'm.json' is not in the folder")]
    [InlineData("no", "$.personalisation[0].spec: it is no good")]
    [InlineData("yes", null)]
    public async Task Scan_Personalisation_IsCheckedBeforeThePluginIsUsed(string? spec, string? reason)
    {
        await using var host = new PluginTestHost { PersonalisationCheck = new OnlyYes() };
        var folder = host.Install("Good", edit: manifest =>
        {
            manifest["models"] = new JsonArray("m");
            manifest["personalisation"] = new JsonArray(new JsonObject { ["method"] = "good.version", ["model"] = "m", ["spec"] = "m.json" });
        });
        if (spec is not null) File.WriteAllText(Path.Combine(folder, "m.json"), spec);
        host.Registry.Scan();

        var info = host.Info("test.good");
        Assert.Equal(reason is null ? PluginState.Ready : PluginState.Broken, info.State);
        Assert.Contains(reason ?? string.Empty, info.Reason, StringComparison.Ordinal);
        if (reason is null) Assert.Equal("m.json", Assert.Single(info.Personalisations).Spec);
    }

    private sealed class OnlyYes : IPersonalisationCheck
    {
        public string? FindProblem(PluginPersonalisation personalisation, string spec) => spec == "yes" ? null : "it is no good";
    }

    [Fact]
    public async Task Scan_AllowedPermission_IsReady()
    {
        await using var host = new PluginTestHost();
        host.Options.AllowedPermissions.Add("camera");
        host.Install("Good", edit: manifest => manifest["permissions"] = new JsonArray("camera"));
        host.Registry.Scan();

        Assert.Equal(PluginState.Ready, host.Info("test.good").State);
    }

    [Fact]
    public async Task Scan_DisabledPlugin_IsNotAnnounced()
    {
        await using var host = new PluginTestHost();
        host.Options.Disabled.Add("test.good");
        host.Install("Good");
        host.Registry.Scan();

        Assert.Equal(PluginState.Disabled, host.Info("test.good").State);
        Assert.Empty(host.Catalog.Routes);
    }

    [Fact]
    public async Task Scan_FolderTooLarge_IsBrokenAndMendedLater()
    {
        await using var host = new PluginTestHost();
        host.Options.MaxBytes = 1 << 20;
        var folder = host.Install("Good");
        await File.WriteAllBytesAsync(Path.Combine(folder, "big.bin"), new byte[2 << 20]);
        host.Registry.Scan();
        Assert.Contains("more than 1048576 bytes", host.Info("Good").Reason, StringComparison.Ordinal);

        File.Delete(Path.Combine(folder, "big.bin"));
        await host.SettleAsync();

        Assert.Equal("1", await host.CallAsync("good.version"));
    }

    [Fact]
    public async Task Scan_FolderNamedWithADot_IsLeftAlone()
    {
        await using var host = new PluginTestHost();
        host.Install("Good", ".Good");
        host.Registry.Scan();

        Assert.Empty(host.Registry.List());
    }
}
