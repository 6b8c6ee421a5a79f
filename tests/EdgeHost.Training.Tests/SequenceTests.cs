using EdgeHost.ModelTools.Graphs;
using EdgeHost.Training.Layers;
using EdgeHost.Training.Losses;
using EdgeHost.Training.Networks;
using EdgeHost.Training.Operators;
using EdgeHost.Training.Optimisers;
using EdgeHost.Training.Steps;
using Microsoft.ML.OnnxRuntime;

namespace EdgeHost.Training.Tests;

/// <summary>Networks over sequences learn one by heart, and their exported models do the same as they.</summary>
public class SequenceTests
{
    private const int Words = 12;
    private const int Length = 8;
    private const int Batch = 4;

    [Fact]
    public void Run_OfASmallTransformer_LearnsSequencesByHeart() => Learns(Transformer(0.1f), 250);

    [Fact]
    public void Run_OfAGru_LearnsSequencesByHeart() => Learns(Recurrent(), 300);

    [Theory]
    [InlineData("transformer")]
    [InlineData("gru")]
    [InlineData("convolution")]
    public void Export_OfANetwork_GivesAModelWithTheSameOutputs(string kind)
    {
        var network = kind switch { "transformer" => Transformer(0.1f), "gru" => Recurrent(), _ => Convolutional() };
        using var step = new TrainingStep(network, new AdamW(), new StepOptions { BatchSize = Batch, Seed = 2 });
        Fill(step.Batch);
        for (var i = 0; i < 5; i++) step.Run(1e-3f);
        using var evaluation = new EvaluationStep(step);
        Fill(evaluation.Batch);
        evaluation.Run();
        var expected = evaluation.Outputs.ToArray();
        var rows = expected.Length / Batch;

        var model = step.Export();

        Assert.DoesNotContain(model.Graph!.Inputs, input => input.Name.EndsWith("mask", StringComparison.Ordinal));
        using var session = SessionFactory.Create(model, 1);
        using var runOptions = new RunOptions();
        // The first two examples alone: the batch is open.
        var inputs = evaluation.Batch.Inputs.Where(input => model.Graph.Inputs.Any(i => i.Name == input.Name)).ToList();
        var values = inputs.ConvertAll(input => Half(evaluation.Batch, input));
        using var outputs = session.Run(runOptions, inputs.ConvertAll(input => input.Name), values, [ModelExport.Output]);
        var actual = outputs[0].GetTensorDataAsSpan<float>().ToArray();
        values.ForEach(value => value.Dispose());
        Assert.Equal(2 * rows, actual.Length);
        for (var i = 0; i < actual.Length; i++) Assert.Equal(expected[i], actual[i], 1e-4f);
    }

    private static void Learns(Network network, int steps)
    {
        using var step = new TrainingStep(network, new AdamW { WeightDecay = 1e-3f }, new StepOptions { BatchSize = Batch, ClipNorm = 1, Seed = 4 });
        Fill(step.Batch);
        for (var i = 0; i < steps; i++) step.Run(5e-3f);

        using var evaluation = new EvaluationStep(step);
        Fill(evaluation.Batch);
        Assert.InRange(evaluation.Run(), 0, 0.1f);
        var labels = evaluation.Batch.Integers("labels");
        for (var position = 0; position < labels.Length; position++)
        {
            var scores = evaluation.Outputs.Slice(position * Words, Words).ToArray();
            Assert.Equal(labels[position], Array.IndexOf(scores, scores.Max()));
        }
    }

    private static Network Transformer(float dropout) => new(
        net =>
        {
            const int Width = 16;
            var ids = net.Input("ids", ElementType.Int64, Length);
            var mask = net.Input("present", ElementType.Float32, Length);
            var x = net.Add(net.Embedding("words", ids, Words, Width, 0.2f), net.Parameter("positions", new TensorShape(Length, Width), Initialisation.Normal(0.2f)));
            for (var block = 0; block < 2; block++)
            {
                using var layer = net.Layer($"block{block}");
                var normal = net.LayerNorm("norm1", x);
                x = net.Add(x, net.Attention("attention", normal, normal, 2, mask, isCausal: true, dropout));
                x = net.Add(x, net.Linear("down", net.Gelu(net.Linear("up", net.LayerNorm("norm2", x), 32)), Width));
            }

            return net.TiedLinear("words", net.LayerNorm("norm", x), Words);
        },
        NextWord);

    private static Network Recurrent() => new(
        net => net.Linear("out", net.Gru("gru", net.Embedding("words", net.Input("ids", ElementType.Int64, Length), Words, 8, 0.5f), 24), Words),
        NextWord);

    private static Network Convolutional() => new(
        net =>
        {
            var x = net.Relu(net.Convolution("one", net.Input("picture", ElementType.Float32, 1, 8, 8), 4, 3, padding: 1));
            x = net.AveragePool(net.Relu(net.Convolution("two", x, 6, 3, stride: 2, padding: 1)), 2, 2);
            return net.Linear("out", net.FlattenExamples(x), 3);
        },
        (net, output) => net.CrossEntropy(output, net.Input("class", ElementType.Int64)));

    private static GraphValue NextWord(NetworkBuilder net, GraphValue output)
        => net.CrossEntropy(output, net.Input("labels", ElementType.Int64, Length), smoothing: 0, net.Input("weights", ElementType.Float32, Length));

    private static void Fill(BatchBuffers batch)
    {
        var random = new Random(9);
        foreach (var input in batch.Inputs)
        {
            if (input.Name is "present" or "weights")
            {
                batch.Floats(input.Name).Fill(1);
                // The last example is shorter.
                if (input.Name == "weights") continue;
                batch.Floats(input.Name)[^1] = 0;
            }
            else if (input.Type == ElementType.Float32)
            {
                foreach (ref var value in batch.Floats(input.Name)) value = (float)random.NextDouble();
            }
            else
            {
                // A running sum of ids begins differently in each sequence, so that the next word follows from all before it.
                var ids = batch.Integers(input.Name);
                var shift = input.Name == "labels" ? 1 : 0;
                var bound = input.Name == "class" ? 3 : Words;
                for (var i = 0; i < ids.Length; i++) ids[i] = (((i / Length) * 5) + (((i % Length) + shift) * ((i % Length) + shift))) % bound;
            }
        }
    }

    private static OrtValue Half(BatchBuffers batch, BatchInput input)
    {
        long[] shape = [2, .. input.Shape.Dimensions[1..]];
        return input.Type == ElementType.Float32
            ? OrtValue.CreateTensorValueFromMemory(batch.Floats(input.Name)[..(batch.Floats(input.Name).Length / 2)].ToArray(), shape)
            : OrtValue.CreateTensorValueFromMemory(batch.Integers(input.Name)[..(batch.Integers(input.Name).Length / 2)].ToArray(), shape);
    }
}
