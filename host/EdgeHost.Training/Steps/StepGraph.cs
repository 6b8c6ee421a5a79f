using EdgeHost.ModelTools;
using EdgeHost.ModelTools.Graphs;
using EdgeHost.Training.Networks;
using EdgeHost.Training.Operators;
using EdgeHost.Training.Optimisers;

namespace EdgeHost.Training.Steps;

/// <summary>
/// A whole training step as one graph: forward, backward, clipping, optimiser. The parameters go in twice, each by its name and all as one
/// vector, over the same memory: that saves the copies of taking a vector apart.
/// </summary>
internal sealed class StepGraph
{
    public const string Loss = "loss";
    public const string Norm = "gradient_norm";

    public StepGraph(Network network, Optimiser optimiser, long batch, float clipNorm)
    {
        optimiser.Validate();
        var net = new NetworkBuilder(NetworkMode.Train, batch);
        var loss = ScalarLoss(network, net);
        var gradients = net.Tape.Differentiate(loss);
        Layout = new ParameterLayout(net.Parameters, optimiser.Decays, optimiser.Slots);
        if (Layout.Count == 0) throw new EdgeHostException(ErrorCode.InvalidArgument, "The network has no parameters to train.");
        (Inputs, Dropouts) = (net.Inputs, net.Dropouts);

        var graph = net.Graph;
        graph.Scope = "optimiser";
        GraphValue[] scalars = [.. optimiser.Scalars.Select(name => graph.Input(ScalarInput(name), ElementType.Float32, new TensorShape()))];
        GraphValue[] flat = [.. Layout.Groups.Select(group => Flatten(net, gradients, group))];
        var norm = NormOf(graph, flat);
        if (clipNorm > 0)
        {
            var bound = graph.Constant(clipNorm);
            var factor = graph.Node("Div", new TensorShape(), [bound, graph.Node("Max", new TensorShape(), [norm, bound])]);
            flat = Array.ConvertAll(flat, gradient => graph.Node("Mul", gradient.Shape, [gradient, factor]));
        }

        for (var number = 0; number < flat.Length; number++)
        {
            GraphValue[] vectors = [.. Enumerable.Range(0, 1 + Layout.Slots).Select(vector => graph.Input(VectorInput(number, vector), ElementType.Float32, flat[number].Shape))];
            var update = optimiser.Apply(net, new Update(vectors[0], vectors[1..]), flat[number], scalars, Layout.Groups[number].Decays);
            graph.Output(update.Parameters, VectorOutput(number, 0));
            for (var slot = 0; slot < update.Slots.Length; slot++) graph.Output(update.Slots[slot], VectorOutput(number, slot + 1));
        }

        graph.Output(loss, Loss);
        graph.Output(norm, Norm);
        NodeCount = graph.NodeCount;
        Model = graph.Build();
    }

    public ModelProto Model { get; }

    public ParameterLayout Layout { get; }

    public IReadOnlyCollection<BatchInput> Inputs { get; }

    public IReadOnlyList<DropoutSite> Dropouts { get; }

    public int NodeCount { get; }

    public static string ScalarInput(string name) => $"optimiser/{name}";

    public static string VectorInput(int group, int vector) => $"state/{group}/{vector}";

    public static string VectorOutput(int group, int vector) => $"next/{group}/{vector}";

    public static GraphValue ScalarLoss(Network network, NetworkBuilder net)
    {
        var loss = network.Loss(net, network.Forward(net));
        return loss.Rank == 0 ? loss : throw net.Wrong($"has a loss of {loss.Shape}; it must be one number, for example a mean");
    }

    private static GraphValue NormOf(GraphBuilder graph, GraphValue[] flat)
    {
        GraphValue[] squares = [.. flat.Select(gradient => graph.Node("ReduceSumSquare", new TensorShape(), [gradient], null, AttributeProto.Of("keepdims", 0)))];
        return graph.Node("Sqrt", new TensorShape(), [squares.Length == 1 ? squares[0] : graph.Node("Sum", new TensorShape(), squares)]);
    }

    private GraphValue Flatten(NetworkBuilder net, Gradients gradients, ParameterGroup group)
    {
        var parts = new List<GraphValue>();
        var position = 0;
        foreach (var parameter in Layout.Parameters)
        {
            if (position >= group.Start && position < group.Start + group.Length)
            {
                var gradient = gradients.Of(net.Value(parameter))
                    ?? throw new EdgeHostException(ErrorCode.InvalidArgument, $"The parameter '{parameter.Name}' has no influence on the loss; leave its layer out or use it.");
                parts.Add(net.Reshape(gradient, new TensorShape(parameter.Shape.ElementCount)));
            }

            position += (int)parameter.Shape.ElementCount;
        }

        return net.Concat(0, [.. parts]);
    }
}
