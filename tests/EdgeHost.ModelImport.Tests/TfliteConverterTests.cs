using EdgeHost.ModelImport.TensorFlowLite;
using EdgeHost.ModelTools;
using EdgeHost.TestKit;

namespace EdgeHost.ModelImport.Tests;

/// <summary>A file that the test writes, and the real one where it is there.</summary>
public sealed class TfliteConverterTests
{
    private const string RealFile = "mirror/mobilenet_v2_1.0_224_quant.tflite";

    [Fact]
    public void Convert_FloatConvolution_IsComputed()
    {
        var result = OnnxRun.Run(Convert(Floats()).ToBytes(), ("x", new float[] { 1, 2, -3, 4 }, [1, 2, 2, 1]))["y"];

        // Doubled, one more, and nothing below zero.
        Assert.Equal([1, 2, 2, 1], result.Shape);
        Assert.Equal([3, 5, 0, 9], result.Values);
    }

    [Fact]
    public void Convert_EightBits_StayEightBits()
    {
        var model = Convert(Bytes());

        var result = OnnxRun.Run(model.ToBytes(), ("x", new byte[] { 10, 20, 30, 255 }, [1, 2, 2, 1]))["y"];

        // (x × 0.5) × 2 + 1, in steps of 0.5 up to 127.5.
        Assert.Equal([11, 21, 31, 127.5f], result.Values);
        Assert.Contains(model.Graph!.Initializers, tensor => tensor.Type == ElementType.UInt8 && tensor.Dimensions.Count == 4);
        Assert.Equal(["DequantizeLinear", "QuantizeLinear"], model.Graph.Nodes.Select(node => node.Operator).Where(name => name.EndsWith("Linear", StringComparison.Ordinal)).Distinct().Order());
        Assert.Equal(ElementType.UInt8, model.Graph.Inputs[0].Tensor!.Type);
    }

    [Fact]
    public void Convert_UnknownOperator_IsNamed()
    {
        var error = Assert.Throws<EdgeHostException>(() => Convert(Floats(code: 126)));

        Assert.Equal(ErrorCode.Unimplemented, error.Code);
        Assert.Contains("BUILTIN_126 (1)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 1, 1, 1)]
    [InlineData(100_000, 100_000, 1, 1)]
    [InlineData(int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue)]
    [InlineData(-2, 1, 1, 1)]
    [InlineData(1, 1, 1, 1, 1, 1, 1, 1, 1)]
    public void Convert_WeightThatClaimsMoreThanItsBytes_IsRefusedBeforeAnythingIsAllocated(params int[] shape)
    {
        var file = Network(
            3, Tensor("x", 0, 0, [1, 2, 2, 1]), Tensor("w", 0, 1, shape), Tensor("b", 0, 2, [1]), Tensor("y", 0, 0, [1, 2, 2, 1]), BitConverter.GetBytes(2f), BitConverter.GetBytes(1f));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.Throws<EdgeHostException>(() => Convert(file));

        Assert.Contains(error.Code, new[] { ErrorCode.InvalidArgument, ErrorCode.ResourceExhausted });
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Convert_OperatorThatReadsWhatItMakes_IsRefused()
    {
        // Its weights are its output: an operator may read only what is made before it.
        var file = Network(3, Tensor("x", 0, 0, [1, 2, 2, 1]), Tensor("w", 0, 0, [1, 1, 1, 1]), Tensor("b", 0, 2, [1]), Tensor("y", 0, 0, [1, 2, 2, 1]), [], BitConverter.GetBytes(1f));

        var error = Assert.Throws<EdgeHostException>(() => Convert(file));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains("read before it is made", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Convert_CutAnywhere_EndsWithATypedProblem()
    {
        var file = Bytes();
        for (var length = 0; length < file.Length; length++) Tries(file[..length]);
    }

    [Fact]
    public void Convert_DamagedAnywhere_EndsWithATypedProblemOrAGraph()
    {
        var file = Bytes();
#pragma warning disable CA5394 // Test content, not a secret.
        var random = new Random(9);
        for (var round = 0; round < 20_000; round++)
        {
            var damaged = file.ToArray();
            for (var i = random.Next(1, 4); i > 0; i--) damaged[random.Next(8, damaged.Length)] = (byte)random.Next(256);
#pragma warning restore CA5394
            Tries(damaged);
        }
    }

    [SharedDataFact(RealFile)]
    public void Convert_RealFile_KeepsItsEightBits()
    {
        var file = File.ReadAllBytes(Repository.FindShared(RealFile)!);
        var model = Convert(file);
        var graph = model.ToBytes();
        var input = model.Graph!.Inputs[0];

        var result = Assert.Single(OnnxRun.Run(graph, (input.Name, Noise.Floats(224 * 224 * 3).Select(value => (byte)(value * 255)).ToArray(), [1, 224, 224, 3]))).Value;

        Assert.Equal([1, 1001], result.Shape);
        Assert.All(result.Values, value => Assert.True(float.IsFinite(value)));
        Assert.InRange(graph.Length, 3_400_000, 3_900_000);
        Assert.InRange(model.Graph.Nodes.Count(node => node.Operator == "Transpose"), 1, 2);
        Assert.Equal(graph.ToArray(), Convert(file).ToBytes().ToArray());
    }

    private static ModelProto Convert(byte[] file) => TfliteConverter.Convert(file, new ModelImportOptions(), default);

    private static void Tries(byte[] file)
    {
        try
        {
            Convert(file);
        }
        catch (EdgeHostException e)
        {
            Assert.Contains(e.Code, new[] { ErrorCode.InvalidArgument, ErrorCode.Unimplemented, ErrorCode.ResourceExhausted, ErrorCode.AlreadyExists });
        }
    }

    // One convolution of one weight and a bias.
    private static byte[] Floats(byte code = 3) => Network(
        code,
        Tensor("x", 0, 0, [1, 2, 2, 1]),
        Tensor("w", 0, 1, [1, 1, 1, 1]),
        Tensor("b", 0, 2, [1]),
        Tensor("y", 0, 0, [1, 2, 2, 1]),
        BitConverter.GetBytes(2f),
        BitConverter.GetBytes(1f));

    private static byte[] Bytes() => Network(
        3,
        Tensor("x", 3, 0, [1, 2, 2, 1], 0.5f, 0),
        Tensor("w", 3, 1, [1, 1, 1, 1], 0.25f, 100),
        Tensor("b", 2, 2, [1], 0.125f, 0),
        Tensor("y", 3, 0, [1, 2, 2, 1], 0.5f, 0),
        [108],
        BitConverter.GetBytes(8));

    private static byte[] Network(byte code, (int, object)[] x, (int, object)[] w, (int, object)[] b, (int, object)[] y, byte[] weight, byte[] bias) => FlatWriter.File(
        "TFL3",
        (0, 3),
        (1, new (int, object)[][] { [(0, code)] }),
        (2, new (int, object)[][]
        {
            [
                (0, new[] { x, w, b, y }),
                (1, new[] { 0 }),
                (2, new[] { 3 }),
                (3, new (int, object)[][] { [(1, new[] { 0, 1, 2 }), (2, new[] { 3 }), (4, new (int, object)[] { (1, 1), (2, 1), (3, (byte)1) })] }),
            ],
        }),
        (4, new (int, object)[][] { [], [(0, weight)], [(0, bias)] }));

    private static (int, object)[] Tensor(string name, byte type, int buffer, int[] shape, float scale = 0, long zero = 0)
    {
        (int, object)[] fields = [(0, shape), (1, type), (2, buffer), (3, name)];
        return scale == 0 ? fields : [.. fields, (4, new (int, object)[] { (2, new[] { scale }), (3, new[] { zero }) })];
    }
}
