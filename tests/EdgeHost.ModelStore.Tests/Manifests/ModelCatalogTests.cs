using System.Text.Json.Nodes;
using EdgeHost.TestKit;

namespace EdgeHost.ModelStore.Tests.Manifests;

public sealed class ModelCatalogTests : IDisposable
{
    private readonly StoreFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Models_BrokenManifestBesideGoodOne_ServesTheGoodAndReportsTheBroken()
    {
        _fixture.AddModel("good", ("m.onnx", [1], ["file:m.onnx"]));
        File.WriteAllText(Path.Combine(_fixture.CatalogFolder, "broken.json"), "{");
        _fixture.Catalog.Refresh();

        Assert.Equal("good", Assert.Single(_fixture.Catalog.Models).Id);
        var problem = Assert.Single(_fixture.Catalog.Problems);
        Assert.EndsWith("broken.json", problem.File, StringComparison.Ordinal);
        Assert.Contains("Not valid JSON at line 1", Assert.Single(problem.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Models_SameVersionDescribedTwice_ReportsOnlyADifference()
    {
        _fixture.AddModel("twin", ("m.onnx", [1], ["file:m.onnx"]));
        File.Copy(Path.Combine(_fixture.CatalogFolder, "twin-1.0.0.json"), Path.Combine(_fixture.CatalogFolder, "copy.json"));
        _fixture.Catalog.Refresh();
        Assert.Empty(_fixture.Catalog.Problems);

        var other = Directory.CreateDirectory(Path.Combine(_fixture.Root, "plugin", "models")).FullName;
        File.WriteAllText(Path.Combine(other, "twin.json"), StoreFixture.Manifest("twin", "1.0.0", ("m.onnx", [2], ["file:m.onnx"])).ToJsonString());
        _fixture.Catalog.AddFolder(other);

        Assert.Equal(StoreFixture.Sha256([1]), _fixture.Catalog.Find("twin")!.Variants[0].Files[0].Sha256);
        Assert.Contains("twin@1.0.0 is described differently", Assert.Single(_fixture.Catalog.Problems).Problems[0].Message, StringComparison.Ordinal);

        Assert.True(_fixture.Catalog.RemoveFolder(other));
        Assert.Empty(_fixture.Catalog.Problems);
    }

    [Fact]
    public void Find_SeveralVersions_GivesTheNewestOrTheOneNamed()
    {
        foreach (var version in (string[])["1.9.0", "1.10.0", "1.10.0-rc.1"])
        {
            _fixture.AddModel("m", version, _ => { }, ("m.onnx", [1], ["file:m.onnx"]));
        }

        Assert.Equal("1.10.0", _fixture.Catalog.Find("m")!.Version);
        Assert.Equal("1.9.0", _fixture.Catalog.Find("m", "1.9.0")!.Version);
        Assert.Null(_fixture.Catalog.Find("m", "2.0.0"));
        Assert.Equal(["1.10.0", "1.10.0-rc.1", "1.9.0"], _fixture.Catalog.Models.Select(model => model.Version));
    }

    [Fact]
    public void RefreshIfChanged_ManifestComesChangesAndGoes_SeesEachOnce()
    {
        _fixture.AddModel("first", ("m.onnx", [1], ["file:m.onnx"]));
        Assert.Single(_fixture.Catalog.Models);
        var revision = _fixture.Catalog.Revision;
        Assert.False(_fixture.Catalog.RefreshIfChanged());

        var path = Path.Combine(_fixture.CatalogFolder, "second.json");
        var manifest = StoreFixture.Manifest("second", "1.0.0", ("m.onnx", [2], ["file:m.onnx"]));
        File.WriteAllText(path, manifest.ToJsonString());
        Assert.True(_fixture.Catalog.RefreshIfChanged());
        Assert.NotNull(_fixture.Catalog.Find("second"));
        Assert.False(_fixture.Catalog.RefreshIfChanged());

        manifest["task"] = "another-task";
        File.WriteAllText(path, manifest.ToJsonString());
        Assert.True(_fixture.Catalog.RefreshIfChanged());
        Assert.Equal("another-task", _fixture.Catalog.Find("second")!.Task);

        File.Delete(path);
        Assert.True(_fixture.Catalog.RefreshIfChanged());
        Assert.Null(_fixture.Catalog.Find("second"));
        Assert.Equal(revision + 3, _fixture.Catalog.Revision);
    }

    [Fact]
    public void Models_SameVersionWithOtherProperties_IsReported()
    {
        _fixture.AddModel("twin", "1.0.0", manifest => manifest["properties"] = new JsonObject { ["language"] = "en" }, ("m.onnx", [1], ["file:m.onnx"]));
        File.WriteAllText(
            Path.Combine(_fixture.CatalogFolder, "zzz.json"), StoreFixture.Manifest("twin", "1.0.0", ("m.onnx", [1], ["file:m.onnx"])).ToJsonString());
        _fixture.Catalog.Refresh();

        Assert.Contains("described differently", Assert.Single(_fixture.Catalog.Problems).Problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Models_ManifestsOfTheVisionPlugin_AreGood()
    {
        _fixture.Catalog.AddFolder(Path.Combine(Repository.Root, "plugins", "Vision", "models"));

        Assert.Empty(_fixture.Catalog.Problems);
        Assert.All((string[])["ocr-det", "ocr-rec", "ocr-cls", "face-back", "face-front"], id => Assert.NotNull(_fixture.Catalog.Find(id)));
        Assert.Contains(_fixture.Catalog.Find("ocr-rec")!.Variants[0].Files, file => file.Name == "ppocr_keys_v1.txt");
    }
}
