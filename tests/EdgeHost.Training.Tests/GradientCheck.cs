using EdgeHost.ModelTools.Graphs;
using EdgeHost.Training.Networks;
using EdgeHost.Training.Operators;
using EdgeHost.Training.Steps;
using Microsoft.ML.OnnxRuntime;

namespace EdgeHost.Training.Tests;

/// <summary>
/// Compares the gradients that a network's graph gives with finite differences of its loss: the two must be one to a few parts in a
/// thousand of the largest, which is what 32-bit floats leave of a difference.
/// </summary>
internal sealed class GradientCheck : IDisposable
{
    private const float Step = 4e-3f;
    private const double Tolerance = 4e-3;
    private const int MostPerParameter = 16;

    private readonly Random _random = new(7);
    private readonly RunOptions _runOptions = new();
    private readonly InferenceSession _session;
    private readonly IReadOnlyList<ParameterInfo> _parameters;
    private readonly Dictionary<string, float[]> _values = [];
    private readonly List<OrtValue> _inputs = [];
    private readonly List<string> _names = [];

    private GradientCheck(Func<NetworkBuilder, GraphValue> build, long batch, Action<BatchBuffers>? fill)
    {
        var net = new NetworkBuilder(NetworkMode.Train, batch);
        var result = build(net);
        var loss = result.Rank == 0 ? result : Weigh(net, result);
        var gradients = net.Tape.Differentiate(loss);
        net.Graph.Output(loss, "loss");
        _parameters = [.. net.Parameters];
        foreach (var parameter in _parameters) net.Graph.Output(gradients.Of(net.Value(parameter))!, $"gradient/{parameter.Name}");
        _session = SessionFactory.Create(net.Graph.Build(), 1);

        var buffers = new BatchBuffers(batch, net.Inputs, net.Dropouts);
        foreach (var input in net.Inputs.Where(input => input.Type == ElementType.Float32)) Draw(buffers.Floats(input.Name));
        fill?.Invoke(buffers);
        buffers.FillMasks(1, 1);
        foreach (var (name, value) in buffers.Values) Give(name, value);
        foreach (var parameter in _parameters)
        {
            // Values of their own, so that what begins at zero or one is tested too.
            var values = _values[parameter.Name] = new float[parameter.Shape.ElementCount];
            Draw(values);
            Give(parameter.Name, OrtValue.CreateTensorValueFromMemory(values, parameter.Shape.Dimensions.ToArray()));
        }
    }

    /// <summary>Checks every parameter; a result that is no scalar is weighed with random numbers first.</summary>
    public static void Run(Func<NetworkBuilder, GraphValue> build, long batch = 3, Action<BatchBuffers>? fill = null)
    {
        using var check = new GradientCheck(build, batch, fill);
        check.Compare();
    }

    public void Dispose()
    {
        foreach (var input in _inputs) input.Dispose();
        _session.Dispose();
        _runOptions.Dispose();
    }

    private static GraphValue Weigh(NetworkBuilder net, GraphValue result)
    {
        var weights = new float[result.Shape.ElementCount];
        var random = new Random(11);
        for (var i = 0; i < weights.Length; i++) weights[i] = (float)(random.NextDouble() + 0.5) * (i % 3 == 0 ? -1 : 1);
        return net.Sum(net.Multiply(result, net.Graph.Initializer<float>("check_weights", result.Shape, weights)));
    }

    private void Compare()
    {
        var gradients = Evaluate();
        var largest = gradients.Values.SelectMany(values => values).Max(Math.Abs);
        Assert.NotEqual(0, largest);
        foreach (var parameter in _parameters)
        {
            var values = _values[parameter.Name];
            for (var trial = 0; trial < Math.Min(MostPerParameter, values.Length); trial++)
            {
                var index = values.Length <= MostPerParameter ? trial : _random.Next(values.Length);
                var before = values[index];
                values[index] = before + Step;
                var above = LossNow();
                values[index] = before - Step;
                var below = LossNow();
                values[index] = before;
                var expected = (above - below) / (2 * Step);
                var actual = gradients[parameter.Name][index];
                Assert.True(Math.Abs(expected - actual) <= Tolerance * Math.Max(1e-3, largest), $"{parameter.Name}[{index}]: {actual} where differences give {expected} (largest {largest})");
            }
        }
    }

    private double LossNow()
    {
        using var outputs = _session.Run(_runOptions, _names, _inputs, ["loss"]);
        return outputs[0].GetTensorDataAsSpan<float>()[0];
    }

    private Dictionary<string, float[]> Evaluate()
    {
        using var outputs = _session.Run(_runOptions, _names, _inputs, [.. _parameters.Select(parameter => $"gradient/{parameter.Name}")]);
        return _parameters.Select((parameter, i) => (parameter.Name, outputs[i].GetTensorDataAsSpan<float>().ToArray())).ToDictionary();
    }

    private void Draw(Span<float> values)
    {
        foreach (ref var value in values) value = (float)((_random.NextDouble() * 2) - 1);
    }

    private void Give(string name, OrtValue value)
    {
        _names.Add(name);
        _inputs.Add(value);
    }
}
