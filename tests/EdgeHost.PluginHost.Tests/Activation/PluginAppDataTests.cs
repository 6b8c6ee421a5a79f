using EdgeHost.PluginHost.Activation;
using EdgeHost.PluginSdk;
using EdgeHost.TestKit;
using Microsoft.Extensions.Options;

namespace EdgeHost.PluginHost.Tests.Activation;

public sealed class PluginAppDataTests : IDisposable
{
    private static readonly AppIdentity App = new("../kitchen", 1000, 1);
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Delete_TakesWhatAllPluginsKeepOfTheApp_AndNothingElse()
    {
        string[] gone = [Keep("one", App), Keep("two", App with { ProcessId = 7 })];
        string[] stays = [Keep("one", App with { UserId = 1001 }), Keep("two", App with { Name = "garage" }), Write(_folder.Combine("one", "own"))];

        Assert.Equal(2, Data().Delete(App));
        Assert.All(gone, static path => Assert.False(File.Exists(path), path));
        Assert.All(stays, static path => Assert.True(File.Exists(path), path));
        Assert.Equal(0, Data().Delete(App));
    }

    [Fact]
    public void Delete_WithoutAnyPlugin_IsNothing() => Assert.Equal(0, new PluginAppData(Options.Create(new PluginHostOptions { DataFolder = _folder.Combine("none") })).Delete(App));

    private PluginAppData Data() => new(Options.Create(new PluginHostOptions { DataFolder = _folder.Path }));

    private string Keep(string plugin, AppIdentity app)
    {
        var folder = ((IPluginStorage)new PluginStorage(_folder.Combine(plugin))).FolderOf(app);
        Assert.StartsWith(_folder.Combine(plugin), folder, StringComparison.Ordinal);
        return Write(Path.Combine(folder, "deep", "file"));
    }

    private static string Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "x");
        return path;
    }
}
