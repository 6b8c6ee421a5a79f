using System.Text.Json;
using EdgeHost.Training.Optimisers;
using EdgeHost.Training.Specs;
using EdgeHost.Training.Steps;

namespace EdgeHost.Training.Tests;

public class NetworkSpecTests
{
    private const string Xor = """
        {
          "inputs": [{ "name": "x", "shape": [2] }],
          "layers": [
            { "name": "hidden", "kind": "linear", "width": 3, "activation": "sigmoid" },
            { "name": "output", "kind": "linear", "width": 1, "activation": "sigmoid" }
          ],
          "loss": { "kind": "binary_cross_entropy" }
        }
        """;

    private const string Transformer = """
        {
          "inputs": [{ "name": "ids", "type": "int64", "shape": [6] }, { "name": "present", "shape": [6] }],
          "layers": [
            { "name": "words", "kind": "embedding", "inputs": ["ids"], "count": 20, "width": 8 },
            { "name": "placed", "kind": "positions" },
            { "name": "norm1", "kind": "layer_norm" },
            { "name": "attention", "kind": "attention", "heads": 2, "mask": "present", "causal": true, "dropout": 0.1 },
            { "name": "sum1", "kind": "add", "inputs": ["placed", "attention"] },
            { "name": "up", "kind": "linear", "width": 16, "activation": "gelu" },
            { "name": "drop", "kind": "dropout", "rate": 0.2 },
            { "name": "down", "kind": "linear", "width": 8 },
            { "name": "sum2", "kind": "add", "inputs": ["sum1", "down"] },
            { "name": "scores", "kind": "tied_linear", "embedding": "words", "count": 20 }
          ],
          "loss": { "kind": "cross_entropy", "target": "next", "smoothing": 0.1, "weights": "weights" }
        }
        """;

    private const string Pictures = """
        {
          "inputs": [{ "name": "x", "shape": [1, 8, 8] }, { "name": "more", "shape": [3] }],
          "layers": [
            { "name": "conv", "kind": "convolution", "inputs": ["x"], "filters": 4, "window": 3, "padding": 1, "activation": "relu" },
            { "name": "pool", "kind": "average_pool", "window": 2 },
            { "name": "mean", "kind": "mean", "axes": [2, 3] },
            { "name": "flat", "kind": "flatten", "inputs": ["pool"] },
            { "name": "all", "kind": "concat", "inputs": ["mean", "flat", "more"] },
            { "name": "out", "kind": "linear", "width": 3 }
          ],
          "loss": { "kind": "cross_entropy" }
        }
        """;

    [Fact]
    public void ToNetwork_OfARanking_LearnsWhoWantsWhat()
    {
        const string Ranking = """
            {
              "inputs": [{ "name": "user", "shape": [1], "type": "int64" }, { "name": "items", "shape": [2], "type": "int64" }],
              "layers": [
                { "name": "users", "kind": "embedding", "count": 2, "width": 4, "inputs": ["user"] },
                { "name": "things", "kind": "embedding", "count": 2, "width": 4, "inputs": ["items"] },
                { "name": "both", "kind": "multiply", "inputs": ["users", "things"] },
                { "name": "score", "kind": "mean", "axes": [2] }
              ],
              "loss": { "kind": "bayesian_personalised_ranking" }
            }
            """;
        using var json = JsonDocument.Parse(Ranking);
        using var step = new TrainingStep(NetworkSpec.ToNetwork(json.RootElement), new Adam(), new StepOptions { BatchSize = 2 });
        new long[] { 0, 1 }.CopyTo(step.Batch.Integers("user"));
        new long[] { 0, 1, 1, 0 }.CopyTo(step.Batch.Integers("items"));
        var loss = 0f;

        for (var i = 0; i < 500; i++) loss = step.Run(0.05f).Loss;

        Assert.InRange(loss, 0, 0.05f);
        var shape = NetworkSpec.Describe(json.RootElement);
        Assert.Equal(["user", "items"], shape.Inputs.Select(static input => input.Name));
        Assert.Null(shape.Target);
        Assert.Equal(new TensorShape(2), shape.OutputShape);
    }

    [Fact]
    public void ToNetwork_OfExclusiveOr_TrainsLikeTheNetworkInCode()
    {
        using var step = Create(Xor);
        using var inCode = new TrainingStep(XorTests.Xor("bce"), new Adam(), new StepOptions { BatchSize = 4 });
        XorTests.Fill(step.Batch);
        XorTests.Fill(inCode.Batch);

        Assert.Equal(9 + 4, step.ParameterCount);
        for (var i = 0; i < 100; i++) inCode.Run(0.1f);
        for (var i = 0; i < 100; i++) step.Run(0.1f);
        Assert.Equal(inCode.Run(0.1f), step.Run(0.1f));
    }

    [Theory]
    [InlineData(Transformer)]
    [InlineData(Pictures)]
    public void ToNetwork_OfAGraphOfLayers_CanBeTrained(string json)
    {
        using var step = Create(json);
        foreach (var input in step.Batch.Inputs.Where(input => input.Type == ElementType.Float32)) step.Batch.Floats(input.Name).Fill(1);

        var first = step.Run(0.01f);
        StepResult last = default;
        for (var i = 0; i < 20; i++) last = step.Run(0.01f);

        Assert.True(last.IsFinite);
        Assert.InRange(last.Loss, 0, first.Loss);
    }

    [Theory]
    [InlineData("\"linear\", \"width\": 3", "\"lineal\", \"width\": 3", "'hidden' has the kind 'lineal'")]
    [InlineData("\"width\": 3", "\"size\": 3", "'hidden' has no 'width'")]
    [InlineData("\"width\": 3", "\"width\": 3, \"bias\": 1", "'hidden' has a field 'bias'")]
    [InlineData("\"width\": 3", "\"width\": 0", "'hidden' cannot have a parameter 'weight' of [2,0]")]
    [InlineData("\"width\": 3", "\"width\": \"3\"", "'hidden' has a 'width' that is no whole number")]
    [InlineData("\"width\": 3", "\"width\": 3, \"inputs\": [\"y\"]", "'hidden' reads 'y'")]
    [InlineData("\"sigmoid\" },", "\"sigmoidal\" },", "'hidden' has the activation 'sigmoidal'")]
    [InlineData("\"binary_cross_entropy\"", "\"hinge\"", "The loss has the kind 'hinge'")]
    [InlineData("\"name\": \"output\"", "\"name\": \"hidden\"", "'hidden' has a name that")]
    [InlineData("\"shape\": [2]", "\"shape\": [2], \"type\": \"int8\"", "'x' has the type 'int8'")]
    [InlineData("\"kind\": \"linear\", \"width\": 3", "\"kind\": \"convolution\", \"filters\": 2, \"window\": 3", "'hidden' wants pictures [batch, channels, height, width], and got [2,2]")]
    [InlineData("\"loss\"", "\"lost\"", "no 'loss'")]
    public void ToNetwork_OfAWrongSpecification_SaysWhatIsWrong(string text, string wrong, string message)
    {
        Assert.Contains(text, Xor, StringComparison.Ordinal);
        var at = Xor.IndexOf(text, StringComparison.Ordinal);

        var error = Assert.Throws<EdgeHostException>(() => Create(string.Concat(Xor.AsSpan(0, at), wrong, Xor.AsSpan(at + text.Length))));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static TrainingStep Create(string json)
    {
        using var document = JsonDocument.Parse(json);
        return new TrainingStep(NetworkSpec.ToNetwork(document.RootElement), new Adam(), new StepOptions { BatchSize = 4 });
    }
}
