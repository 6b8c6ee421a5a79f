using EdgeHost.Host.Importing;

namespace EdgeHost.Host.Tests.Importing;

public sealed class HubFilesTests
{
    [Fact]
    public void OfSeveralGraphs_TheExactOneComes_WithItsWeights()
    {
        string[] files = ["README.md", "config.json", "preprocessor_config.json", "onnx/model.onnx", "onnx/model.onnx_data", "onnx/model_fp16.onnx", "onnx/model_quantized.onnx", "pytorch_model.bin"];
        Assert.Equal(["config.json", "preprocessor_config.json", "onnx/model.onnx", "onnx/model.onnx_data"], HubFiles.Choose(files));
    }

    [Fact]
    public void WithoutTheExactGraph_TheNextBestComes()
        => Assert.Equal(["config.json", "onnx/model_quantized.onnx"], HubFiles.Choose(["config.json", "onnx/model_int8.onnx", "onnx/model_quantized.onnx"]));

    [Fact]
    public void ModelOfSeveralGraphs_ComesWithAllOfThem_AndWhatReadsTexts()
        => Assert.Equal(
            ["config.json", "onnx/decoder_model.onnx", "onnx/decoder_model.onnx_data", "onnx/encoder_model.onnx", "source.spm", "tokenizer.json"],
            HubFiles.Choose(["config.json", "onnx/decoder_model.onnx", "onnx/decoder_model.onnx_data", "onnx/encoder_model.onnx", "other/x.onnx", "source.spm", "tokenizer.json"]));

    [Fact]
    public void WithoutAGraph_NothingComes() => Assert.Empty(HubFiles.Choose(["config.json", "tokenizer.json", "model.safetensors"]));
}
