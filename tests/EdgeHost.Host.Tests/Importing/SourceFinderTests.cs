using EdgeHost.Host.Cli;
using EdgeHost.Host.Importing;
using EdgeHost.ModelStore.Manifests;
using EdgeHost.TestKit;

namespace EdgeHost.Host.Tests.Importing;

/// <summary>What a path leads to, and what its files say.</summary>
public sealed class SourceFinderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TensorFlowJs_BringsTheWeightsThatItNames()
    {
        Write("model.json", """{"weightsManifest":[{"paths":["a.bin","parts/b.bin"]},{"paths":["a.bin"]}]}""");
        Write("a.bin", "x");
        Write("parts/b.bin", "x");

        var source = SourceFinder.Find(_folder.Path);

        Assert.Equal(ModelFormat.TensorFlowJs, source.Format);
        Assert.Equal(["model.json", "a.bin", "parts/b.bin"], source.Files.Select(static file => file.Name));
        Assert.Equal(source.Files.Select(static file => file.Name), source.GraphFiles);
    }

    [Theory]
    [InlineData("""{"weightsManifest":[{"paths":["b.bin"]}]}""", "not beside it")]
    [InlineData("""{"weightsManifest":[{"paths":["../../etc/passwd"]}]}""", "outside of its folder")]
    [InlineData("""{"nodes":[]}""", "weightsManifest")]
    [InlineData("{", "no JSON")]
    [InlineData("""{"weightsManifest":[{"paths":["\ud800"]}]}""", "no text")]
    public void TensorFlowJs_ThatIsNotWhole_SaysWhatIsMissing(string topology, string words)
    {
        Write("model.json", topology);

        Assert.Contains(words, Assert.Throws<UsageException>(() => SourceFinder.Find(_folder.Combine("model.json"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void HubFolder_OfAClassifier_SaysHowItsPicturesAreMade()
    {
        Write("onnx/model.onnx", "x");
        Write("config.json", """{"architectures":["MobileViTForImageClassification"],"id2label":{"0":"cat","1":"dog"}}""");
        Write("preprocessor_config.json", """{"size":{"shortest_edge":256},"do_center_crop":true,"crop_size":{"height":224,"width":224},"do_rescale":true,"rescale_factor":0.00392156862745098,"image_mean":[0.485,0.456,0.406],"image_std":[0.229,0.224,0.225]}""");

        var source = SourceFinder.Find(_folder.Path);

        Assert.Equal("image-classification", source.Task);
        Assert.Null(source.Format);
        Assert.Equal(["model.onnx", "config.json"], source.Files.Select(static file => file.Name));
        Assert.Equal(
            new Dictionary<string, string> { ["family"] = "imagenet-logits", ["labels"] = "config.json", ["fit"] = "crop", ["crop"] = "0.875", ["scale"] = "0.00392157", ["mean"] = "0.485,0.456,0.406", ["std"] = "0.229,0.224,0.225" },
            source.Properties);
    }

    [Theory]
    [InlineData("DetrForObjectDetection", "hf-detr")]
    [InlineData("YolosForObjectDetection", "hf-detr")]
    [InlineData("RTDetrV2ForObjectDetection", "hf-rt-detr")]
    public void HubFolder_OfADetector_IsOfItsFamily(string architecture, string family)
    {
        Write("onnx/model_quantized.onnx", "x");
        Write("config.json", $$$"""{"architectures":["{{{architecture}}}"],"id2label":{"0":"cat"}}""");
        Write("preprocessor_config.json", """{"size":{"height":640,"width":640},"do_normalize":false}""");

        var source = SourceFinder.Find(_folder.Path);

        Assert.Equal(("object-detection", family, "640"), (source.Task, source.Properties["family"], source.Properties["size"]));
        Assert.DoesNotContain("mean", source.Properties.Keys);
    }

    [Theory]
    [InlineData("""{"architectures":["BertForMaskedLM"],"id2label":{}}""", "BertForMaskedLM")]
    [InlineData("""{"architectures":["ViTForImageClassification"]}""", "id2label")]
    public void HubFolder_ThatCannotServe_SaysWhy(string config, string words)
    {
        Write("onnx/model.onnx", "x");
        Write("config.json", config);

        Assert.Contains(words, Assert.Throws<UsageException>(() => SourceFinder.Find(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LlamaForCausalLM", "xxGroupQueryAttentionposition_ids", "text-generation", "right")]
    [InlineData("GPT2LMHeadModel", "xxposition_ids", "text-generation", "left")]
    [InlineData("GPT2LMHeadModel", "xx", "text-generation", null)]
    [InlineData("BertModel", "xxposition_ids", "text-embedding", null)]
    public void HubFolder_OfAModelOfTexts_BringsItsFiles(string architecture, string graph, string task, string? padding)
    {
        Write("onnx/model.onnx", graph);
        Write("config.json", $$$"""{"architectures":["{{{architecture}}}"]}""");
        Write("tokenizer.json", "{}");
        Write("1_Pooling/config.json", "{}");

        var source = SourceFinder.Find(_folder.Path);

        Assert.Equal((task, "model.onnx"), (source.Task, source.Graph));
        Assert.Equal(["model.onnx", "tokenizer.json", "config.json", "1_Pooling/config.json"], source.Files.Select(static file => file.Name));
        Assert.Equal(padding, source.Properties.GetValueOrDefault("cache_padding"));
    }

    [Fact]
    public void Names_AcrossBlocksOfTheGraph_AreFound()
    {
        Write("model.onnx", new string('x', (1 << 20) - 7) + "GroupQueryAttention" + new string('x', 100));
        Write("genai_config.json", "{}");
        Write("tokenizer.json", "{}");

        Assert.Equal("right", SourceFinder.Find(_folder.Path).Properties["cache_padding"]);
    }

    [Fact]
    public void HubFolder_OfAModelOfTexts_ThatIsNotWhole_SaysWhatIsMissing()
    {
        Write("onnx/model.onnx", "x");
        Write("config.json", """{"architectures":["LlamaForCausalLM"]}""");
        Assert.Contains("tokenizer.json", Assert.Throws<UsageException>(() => SourceFinder.Find(_folder.Path)).Message, StringComparison.Ordinal);

        Write("tokenizer.json", "{}");
        Write("onnx/model.onnx_data", "x");
        Assert.Contains("model.onnx_data", Assert.Throws<UsageException>(() => SourceFinder.Find(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Manifest_HasTheFilesHashes_AndWhatWasWished()
    {
        Write("m.tflite", "abc");
        Write("names.txt", "cat\ndog");
        var wishes = new ImportWishes("image-classification", "2.0", null, "MIT", _folder.Combine("names.txt"), new Dictionary<string, string> { ["family"] = "probabilities" });

        var manifest = Assert.Single(await ImportedManifest.MakeAsync("pets", SourceFinder.Find(_folder.Combine("m.tflite")), wishes, CancellationToken.None));

        Assert.Equal("pets@2.0", manifest.Name);
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", manifest.Variants[0].Files[0].Sha256);
        Assert.Equal(("labels.txt", "probabilities", "pets"), (manifest.Properties["labels"], manifest.Properties["family"], manifest.Properties["classes"]));
        Assert.Equal(ModelFormat.TensorFlowLite, manifest.Variants[0].Import!.Format);
    }

    [Fact]
    public async Task Manifest_WithANameThatIsNone_NamesTheProblem()
    {
        Write("m.onnx", "\b\t:\u0001\0"); // The least that is a model.
        var wishes = new ImportWishes("x", "1", null, "MIT", null, new Dictionary<string, string>());

        var error = await Assert.ThrowsAsync<UsageException>(() => ImportedManifest.MakeAsync("../up", SourceFinder.Find(_folder.Combine("m.onnx")), wishes, CancellationToken.None));
        Assert.Contains("$.id", error.Message, StringComparison.Ordinal);
    }

    private void Write(string name, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.Combine(name))!);
        File.WriteAllText(_folder.Combine(name), content);
    }
}
