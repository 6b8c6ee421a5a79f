using EdgeHost.Host.Cli;
using EdgeHost.Host.Importing;
using EdgeHost.TestKit;

namespace EdgeHost.Host.Tests.Importing;

/// <summary>Folders of Marian models as Optimum exports them.</summary>
public sealed class MarianFolderTests : IDisposable
{
    private static readonly ImportWishes NoWishes = new(null, "1.0.0", null, "CC-BY-4.0", null, new Dictionary<string, string>());

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Folder_OfOpusMt_IsATranslationModelAndItsDecoder()
    {
        WriteModel("onnx/encoder_model_quantized.onnx", "onnx/decoder_model_merged_quantized.onnx", "onnx/encoder_model.onnx", "onnx/decoder_model_merged.onnx");
        Write("tokenizer_config.json", """{"source_lang":"eng","target_lang":"zho"}""");
        Write("vocab.json", """{"</s>":0,"<unk>":1,">>cmn_Hans<<":2,"<pad>":3}""");

        var manifests = await ImportedManifest.MakeAsync("opus-mt-en-zh", SourceFinder.Find(_folder.Path), NoWishes, CancellationToken.None);

        var (encoder, decoder) = (manifests[0], Assert.Single(manifests.Skip(1)));
        Assert.Equal(("translation", "translation-decoder", "opus-mt-en-zh-decoder"), (encoder.Task, decoder.Task, decoder.Id));
        Assert.Equal(["opus-mt-en-zh-decoder"], encoder.Requires);
        Assert.Equal(
            new Dictionary<string, string> { ["family"] = "marian", ["source"] = "eng", ["target"] = "zho", ["decoder"] = "opus-mt-en-zh-decoder", ["prefix"] = ">>cmn_Hans<<" },
            encoder.Properties);
        Assert.Equal(["model.onnx", "config.json", "source.spm", "vocab.json", "tokenizer_config.json"], encoder.Variants[0].Files.Select(static file => file.Name));
        Assert.EndsWith("encoder_model_quantized.onnx", encoder.Variants[0].Files[0].Sources[0].Text, StringComparison.Ordinal);
        Assert.EndsWith("decoder_model_merged_quantized.onnx", Assert.Single(decoder.Variants[0].Files).Sources[0].Text, StringComparison.Ordinal);
        Assert.Null(encoder.Variants[0].Batching);
    }

    [Fact]
    public async Task Folder_WithTwoDecoders_NamesBothAndItsTextsMayRunTogether()
    {
        WriteModel("encoder_model.onnx", "decoder_model.onnx", "decoder_with_past_model.onnx");
        Write("config.json", """{"model_type":"marian","_name_or_path":"Helsinki-NLP/opus-mt-tc-big-de-fr","pad_token_id":3}""");

        var manifests = await ImportedManifest.MakeAsync("de-fr", SourceFinder.Find(_folder.Path), NoWishes, CancellationToken.None);

        Assert.Equal(["de-fr", "de-fr-decoder", "de-fr-decoder-with-past"], manifests.Select(static manifest => manifest.Id));
        Assert.Equal(
            new Dictionary<string, string> { ["family"] = "marian", ["source"] = "de", ["target"] = "fr", ["decoder"] = "de-fr-decoder", ["decoder_with_past"] = "de-fr-decoder-with-past", ["max_rows"] = "8" },
            manifests[0].Properties);
        Assert.Equal([("input_ids", 3.0), ("attention_mask", 0.0)], manifests[0].Variants[0].Batching!.PaddedAxes.Select(static axis => (axis.Input, axis.Value)));
    }

    [Theory]
    [InlineData("vocab.json", "no 'vocab.json'")]
    [InlineData("source.spm", "no 'source.spm'")]
    [InlineData("decoder_model_merged.onnx", "lacks its graphs")]
    public void Folder_ThatIsNotWhole_SaysWhatIsMissing(string missing, string words)
    {
        WriteModel("encoder_model.onnx", "decoder_model_merged.onnx");
        File.Delete(_folder.Combine(missing));

        Assert.Contains(words, Assert.Throws<UsageException>(() => SourceFinder.Find(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_ThatDoesNotSayItsLanguages_IsRefused()
    {
        WriteModel("encoder_model.onnx", "decoder_model_merged.onnx");

        Assert.Contains("source_lang", Assert.Throws<UsageException>(() => SourceFinder.Find(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OfARepository_OneOfEachGraphIsFetched()
        => Assert.Equal(
            ["config.json", "generation_config.json", "onnx/decoder_model_merged_quantized.onnx", "onnx/encoder_model_quantized.onnx", "source.spm", "vocab.json"],
            HubFiles.Choose(
            [
                "README.md", "config.json", "generation_config.json", "onnx/decoder_model.onnx", "onnx/decoder_model_merged.onnx", "onnx/decoder_model_merged_quantized.onnx", "onnx/decoder_with_past_model.onnx",
                "onnx/encoder_model.onnx", "onnx/encoder_model_quantized.onnx", "source.spm", "target.spm", "tokenizer.json", "vocab.json",
            ]));

    private void WriteModel(params string[] graphs)
    {
        Write("config.json", """{"model_type":"marian","pad_token_id":3}""");
        Write("source.spm", "x");
        Write("vocab.json", """{"</s>":0,"<unk>":1,"<pad>":3}""");
        foreach (var graph in graphs) Write(graph, "\u0008\u0009\u003a\u0001\u0000"); // The outermost fields of a model: its version and a graph.
    }

    private void Write(string name, string content)
    {
        var path = _folder.Combine(name.Split('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
