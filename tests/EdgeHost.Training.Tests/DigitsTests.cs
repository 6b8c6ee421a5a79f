using EdgeHost.Training.Data;
using EdgeHost.Training.Layers;
using EdgeHost.Training.Losses;
using EdgeHost.Training.Networks;
using EdgeHost.Training.Operators;
using EdgeHost.Training.Optimisers;
using EdgeHost.Training.Runs;
using EdgeHost.Training.Steps;

namespace EdgeHost.Training.Tests;

/// <summary>A small convolutional network on drawn digits that are moved, faded and noisy.</summary>
public class DigitsTests
{
    private const int Side = 8;

    private static readonly string[] Glyphs =
    [
        ".##.|#..#|#..#|#..#|.##.", "..#.|.##.|..#.|..#.|.###", "###.|...#|.##.|#...|####", "###.|...#|.##.|...#|###.", "#..#|#..#|####|...#|...#",
        "####|#...|###.|...#|###.", ".##.|#...|###.|#..#|.##.", "####|...#|..#.|.#..|.#..", ".##.|#..#|.##.|#..#|.##.", ".##.|#..#|.###|...#|.##.",
    ];

    [Fact]
    public async Task Run_OnDigits_TellsNewOnesApart()
    {
        var network = new Network(
            net =>
            {
                var x = net.Relu(net.Convolution("one", net.Input("picture", ElementType.Float32, 1, Side, Side), 8, 3, padding: 1));
                x = net.Relu(net.Convolution("two", x, 16, 3, stride: 2, padding: 1));
                return net.Linear("out", net.FlattenExamples(x), 10);
            },
            (net, output) => net.CrossEntropy(output, net.Input("label", ElementType.Int64), smoothing: 0.05f));
        using var step = new TrainingStep(network, new AdamW(), new StepOptions { BatchSize = 32 });
        var options = new TrainingRunOptions { Steps = 1_500, Schedule = new LearningRateSchedule { Rate = 5e-3f, WarmUpSteps = 20, CosineSteps = 1_500 } };
        using var run = new TrainingRun(step, Digits(4_000, 1), options);

        await run.RunAsync(null, CancellationToken.None);

        var test = Digits(320, 2);
        using var evaluation = new EvaluationStep(step);
        var right = 0;
        for (var start = 0; start < test.Count; start += 32)
        {
            test.Fill([.. Enumerable.Range(start, 32)], evaluation.Batch);
            evaluation.Run();
            for (var i = 0; i < 32; i++)
            {
                var scores = evaluation.Outputs.Slice(i * 10, 10).ToArray();
                if (Array.IndexOf(scores, scores.Max()) == evaluation.Batch.Integers("label")[i]) right++;
            }
        }

        Assert.InRange(right, 0.97 * test.Count, test.Count);
    }

    private static ArrayData Digits(int count, int seed)
    {
        var random = new Random(seed);
        var (pictures, labels) = (new float[count * Side * Side], new long[count]);
        for (var i = 0; i < count; i++)
        {
            labels[i] = i % 10;
            var rows = Glyphs[labels[i]].Split('|');
            var picture = pictures.AsSpan(i * Side * Side, Side * Side);
            foreach (ref var value in picture) value = (float)random.NextDouble() * 0.3f;
            var (left, top, ink) = (random.Next(5), random.Next(4), 0.6f + (float)(random.NextDouble() * 0.4));
            for (var y = 0; y < rows.Length; y++)
            {
                for (var x = 0; x < rows[y].Length; x++)
                {
                    if (rows[y][x] == '#') picture[((top + y) * Side) + left + x] += ink;
                }
            }
        }

        return new ArrayData(count).Add("picture", pictures).Add("label", labels);
    }
}
