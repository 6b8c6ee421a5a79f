using EdgeHost.Plugins.Vision.Models;
using EdgeHost.Plugins.Vision.Objects;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Vision.Tests.Models;

public class ModelChoiceTests
{
    [Fact]
    public async Task ChooseAsync_SeveralOnTheDevice_TakesTheBest()
        => Assert.Equal("yolox-nano", await ChooseAsync(null, Model("det-centernet", "centernet", 10), Model("yolox-nano", "yolox", 20)));

    [Fact]
    public async Task ChooseAsync_TheBestIsNotThere_TakesTheBestThatIs()
        => Assert.Equal("det-centernet", await ChooseAsync(null, Model("det-centernet", "centernet", 10), Model("yolox-nano", "yolox", 20, false)));

    [Fact]
    public async Task ChooseAsync_NoneIsThere_TakesTheDefaultOne()
        => Assert.Equal("det-centernet", await ChooseAsync(null, Model("det-centernet", "centernet", 10, false), Model("yolox-nano", "yolox", 20, false)));

    [Fact]
    public async Task ChooseAsync_UnknownFamily_IsLeftOut()
        => Assert.Equal("det-centernet", await ChooseAsync(null, Model("det-centernet", "centernet", 10), Model("other", "surprise", 99)));

    [Fact]
    public async Task ChooseAsync_NobodyKnowsModels_TakesTheDefaultOne() => Assert.Equal("det-centernet", await ChooseAsync(null));

    [Fact]
    public async Task ChooseAsync_Named_TakesIt()
        => Assert.Equal("det-centernet", await ChooseAsync("det-centernet", Model("det-centernet", "centernet", 10), Model("yolox-nano", "yolox", 20)));

    [Fact]
    public async Task ChooseAsync_NamedButUnknown_NamesThoseKnown()
    {
        var e = await Assert.ThrowsAsync<EdgeHostException>(() => ChooseAsync("nothing", Model("det-centernet", "centernet", 10), Model("yolox-nano", "yolox", 20)));

        Assert.Equal(ErrorCode.NotFound, e.Code);
        Assert.Contains("det-centernet, yolox-nano", e.Message, StringComparison.Ordinal);
    }

    private static Task<string> ChooseAsync(string? named, params AvailableModel[] models)
        => ModelChoice.ChooseAsync(new Known(models), ObjectFamily.Task, named, default).AsTask();

    private static AvailableModel Model(string id, string family, int quality, bool isInstalled = true) => new()
    {
        Id = id,
        Version = "1.0.0",
        IsInstalled = isInstalled,
        Properties = new Dictionary<string, string> { ["family"] = family, ["quality"] = $"{quality}" },
    };

    private sealed class Known(AvailableModel[] models) : IModelProvider
    {
        public ValueTask<IModelLease> LeaseAsync(string model, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<AvailableModel>> ListAsync(string task, CancellationToken cancellationToken) => new(task == ObjectFamily.Task.Name ? models : []);
    }
}
