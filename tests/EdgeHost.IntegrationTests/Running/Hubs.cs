using EdgeHost.ModelTools;
using EdgeHost.ModelTools.Graphs;

namespace EdgeHost.IntegrationTests.Running;

/// <summary>Folders as model hubs lay them out.</summary>
internal static class Hubs
{
    /// <summary>A classifier of pictures as red, green or blue: the mean of each channel is the logit of its colour.</summary>
    public static void WriteColours(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "onnx"));
        var graph = new GraphBuilder();
        var pixels = graph.Input("pixel_values", ElementType.Float32, new TensorShape(1, 3, 8, 8));
        var axes = graph.Constant([2, 3]);
        graph.Output(graph.Node("ReduceMean", new TensorShape(1, 3), [pixels, axes], null, AttributeProto.Of("keepdims", 0L)), "logits");
        File.WriteAllBytes(Path.Combine(folder, "onnx", "model.onnx"), graph.Build("colours").ToBytes().ToArray());
        File.WriteAllText(Path.Combine(folder, "config.json"), """{"architectures":["ViTForImageClassification"],"id2label":{"0":"red","1":"green","2":"blue"}}""");
        File.WriteAllText(Path.Combine(folder, "preprocessor_config.json"), """{"size":{"height":8,"width":8},"do_normalize":true,"image_mean":[0.5,0.5,0.5],"image_std":[0.5,0.5,0.5]}""");
    }
}
