using EdgeHost.ModelTools.Graphs;
using EdgeHost.Training.Networks;
using EdgeHost.Training.Operators;

namespace EdgeHost.Training.Tests;

/// <summary>The gradient rule of every operator against finite differences.</summary>
public class OperatorGradientTests
{
    private static readonly Dictionary<string, Func<NetworkBuilder, GraphValue>> Cases = new()
    {
        ["add"] = net => net.Add(P(net, "a", 3, 4), P(net, "b", 3, 4)),
        ["add, row"] = net => net.Add(P(net, "a", 2, 3, 4), P(net, "b", 4)),
        ["add, inner"] = net => net.Add(P(net, "a", 2, 1, 4), P(net, "b", 3, 1)),
        ["subtract"] = net => net.Subtract(P(net, "a", 4), P(net, "b", 3, 1)),
        ["multiply"] = net => net.Multiply(P(net, "a", 3, 4), P(net, "b", 3, 1)),
        ["multiply, same"] = net => net.Multiply(P(net, "a", 3, 4), P(net, "a", 3, 4)),
        ["divide"] = net => net.Divide(P(net, "a", 3, 4), net.Add(net.Exp(P(net, "b", 4)), net.Constant(0.5f))),
        ["negate"] = net => net.Negate(P(net, "a", 5)),
        ["exp"] = net => net.Exp(P(net, "a", 5)),
        ["log"] = net => net.Log(net.Add(net.Exp(P(net, "a", 5)), net.Constant(0.3f))),
        ["sqrt"] = net => net.Sqrt(net.Add(net.Exp(P(net, "a", 5)), net.Constant(0.3f))),
        ["scale"] = net => net.Scale(P(net, "a", 5), -2.5f),
        ["sigmoid"] = net => net.Sigmoid(net.Scale(P(net, "a", 9), 3)),
        ["tanh"] = net => net.Tanh(net.Scale(P(net, "a", 9), 2)),
        ["relu"] = net => net.Relu(P(net, "a", 9)),
        ["softplus"] = net => net.Softplus(net.Scale(P(net, "a", 9), 3)),
        ["silu"] = net => net.Silu(net.Scale(P(net, "a", 9), 3)),
        ["gelu"] = net => net.Gelu(net.Scale(P(net, "a", 9), 2)),
        ["softmax"] = net => net.Softmax(P(net, "a", 2, 3, 4)),
        ["log softmax"] = net => net.LogSoftmax(P(net, "a", 3, 4)),
        ["matmul"] = net => net.MatMul(P(net, "a", 3, 4), P(net, "b", 4, 2)),
        ["matmul, batch"] = net => net.MatMul(P(net, "a", 2, 3, 4), P(net, "b", 2, 4, 2)),
        ["matmul, batch by matrix"] = net => net.MatMul(P(net, "a", 2, 3, 4), P(net, "b", 4, 2)),
        ["matmul, broadcast"] = net => net.MatMul(P(net, "a", 2, 1, 3, 4), P(net, "b", 3, 4, 2)),
        ["gemm"] = net => net.Gemm(P(net, "a", 3, 4), P(net, "b", 4, 2), P(net, "c", 2)),
        ["gemm, turned"] = net => net.Gemm(P(net, "a", 3, 4), P(net, "b", 2, 4), null, transposeRight: true),
        ["reshape"] = net => net.Tanh(net.Reshape(P(net, "a", 3, 4), new TensorShape(2, 6))),
        ["transpose"] = net => net.Tanh(net.Transpose(P(net, "a", 2, 3, 4), 2, 0, 1)),
        ["concat"] = net => net.Concat(1, P(net, "a", 2, 3), P(net, "b", 2, 1), P(net, "a", 2, 3)),
        ["split"] = net => net.Split(P(net, "a", 2, 5), 1, 2, 3) is var parts ? net.Concat(1, net.Exp(parts[1]), parts[0]) : null!,
        ["split, part unused"] = net => net.Exp(net.Split(P(net, "a", 2, 5), 1, 2, 3)[1]),
        ["expand"] = net => net.Expand(P(net, "a", 3, 1), new TensorShape(2, 3, 4)),
        ["sum"] = net => net.Sum(net.Exp(P(net, "a", 2, 3, 4)), 0, 2),
        ["sum of all"] = net => net.Sum(net.Exp(P(net, "a", 2, 3))),
        ["mean"] = net => net.Mean(net.Exp(P(net, "a", 2, 3, 4)), 1),
        ["mean of all"] = net => net.Mean(net.Exp(P(net, "a", 2, 3))),
        ["normalise"] = net => net.Normalise(P(net, "a", 2, 3, 5), P(net, "gain", 5), P(net, "bias", 5)),
        ["average pool"] = net => net.AveragePool(P(net, "a", 2, 3, 6, 4), 2, 2),
        ["average pool, overlapping"] = net => net.AveragePool(P(net, "a", 2, 3, 6, 7), 3, 2),
        ["convolve"] = net => Conv(net, 5, 6, 3, 1, 1),
        ["convolve, stride"] = net => Conv(net, 8, 8, 3, 2, 1),
        ["convolve, uneven rest"] = net => Conv(net, 7, 8, 3, 2, 1),
        ["convolve, stride 3, no padding"] = net => Conv(net, 9, 7, 2, 3, 0),
        ["convolve, window 1"] = net => Conv(net, 3, 4, 1, 1, 0),
        ["used twice"] = net => net.Tanh(P(net, "a", 4)) is var a ? net.Add(net.Multiply(a, net.Sigmoid(a)), a) : null!,
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_OfAnOperator_IsThatOfDifferences(string name) => GradientCheck.Run(Cases[name]);

    [Fact]
    public void Gradient_OfRows_AddsUpRepeatedOnes()
        => GradientCheck.Run(
            net => net.Tanh(net.Rows(P(net, "table", 5, 4), net.Input("ids", ElementType.Int64, 3))),
            batch: 2,
            batch => new long[] { 1, 4, 1, 0, 1, 4 }.CopyTo(batch.Integers("ids")));

    private static GraphValue Conv(NetworkBuilder net, int height, int width, int window, int stride, int padding)
        => net.Convolve(P(net, "x", 2, 3, height, width), P(net, "w", 4, 3, window, window), P(net, "b", 4), stride, padding);

    private static GraphValue P(NetworkBuilder net, string name, params long[] shape) => net.Parameter(name, new TensorShape(shape), Initialisation.Zeros);
}
