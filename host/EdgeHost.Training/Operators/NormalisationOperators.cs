using EdgeHost.ModelTools;
using EdgeHost.ModelTools.Graphs;
using EdgeHost.Training.Networks;

namespace EdgeHost.Training.Operators;

/// <summary>Operators that bring values to mean 0 and deviation 1.</summary>
public static class NormalisationOperators
{
    private const float Epsilon = 1e-5f;

    /// <summary>Layer normalisation over the last dimension (Ba, Kiros, Hinton, 2016), with a gain and a bias of that width.</summary>
    public static GraphValue Normalise(this NetworkBuilder net, GraphValue value, GraphValue gain, GraphValue bias)
    {
        var last = value.Rank - 1;
        if (gain.Shape != new TensorShape(value.Shape[last]) || bias.Shape != gain.Shape) throw net.Wrong($"cannot normalise {value.Shape} with a gain of {gain.Shape}");
        var perRow = Shapes.With(value.Shape, last, 1);
        TensorShape[] shapes = net.Tape.IsTracked(value) || net.Tape.IsTracked(gain) ? [value.Shape, perRow, perRow] : [value.Shape];
        var outputs = net.Graph.Node("LayerNormalization", shapes, [value, gain, bias], null, AttributeProto.Of("axis", -1), AttributeProto.Of("epsilon", Epsilon));
        var result = outputs[0];
        net.Tape.Record([result], [value, gain, bias], (gradients, g) =>
        {
            var (mean, inverse) = (outputs[1], outputs[2]);
            var rows = Enumerable.Range(0, last).Select(axis => (long)axis).ToArray();
            var normal = net.Multiply(net.Subtract(value, mean), inverse);
            gradients.Add(gain, () => net.Reduce("ReduceSum", net.Multiply(g[0]!, normal), rows, keep: false));
            gradients.Add(bias, () => net.Reduce("ReduceSum", g[0]!, rows, keep: false));
            gradients.Add(value, () =>
            {
                var scaled = net.Multiply(g[0]!, gain);
                var shift = net.Reduce("ReduceMean", scaled, [last], keep: true);
                var tilt = net.Reduce("ReduceMean", net.Multiply(scaled, normal), [last], keep: true);
                return net.Multiply(inverse, net.Subtract(net.Subtract(scaled, shift), net.Multiply(normal, tilt)));
            });
        });
        return result;
    }
}
