using System.Buffers.Binary;
using System.IO.Compression;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests.Running;

/// <summary>Pictures of discs, squares and crosses of any colour on a noisy ground, as PNG files.</summary>
internal static class DrawnShapes
{
    private const int Side = 32;
    private static readonly string[] Names = ["cross", "disc", "square"];

    /// <summary>The steps that make their pixels the input of a network with convolutions.</summary>
    public const string Pixels = """{ "kind": "resize", "width": 16, "height": 16 }, { "kind": "pixels", "layout": "planes" }, { "kind": "standardise", "mean": 0.5, "deviation": 0.25 }""";

    /// <summary>A job that tells them apart by their pixels.</summary>
    public const string Spec = $$"""
        {
          "model": "shapes", "task": "classify",
          "data": { "dataset": "shapes", "preprocessing": { "steps": [{{Pixels}}] } },
          "network": {
            "inputs": [{ "name": "picture", "shape": [3, 16, 16] }],
            "layers": [
              { "name": "one", "kind": "convolution", "filters": 12, "window": 3, "stride": 2, "padding": 1, "activation": "relu" },
              { "name": "two", "kind": "convolution", "filters": 24, "window": 3, "stride": 2, "padding": 1, "activation": "relu" },
              { "name": "flat", "kind": "flatten" },
              { "name": "shape", "kind": "linear", "width": 3 }
            ],
            "loss": { "kind": "cross_entropy" }
          },
          "optimiser": { "kind": "adamw", "rate": 0.005 }, "schedule": { "warm_up": 20, "cosine": true }, "batch": 32, "epochs": 30
        }
        """;

    /// <summary>A job that tells them apart by what a model says of them.</summary>
    public static string SpecWith(string model, int width, string name = "features", string before = "") => $$"""
        {
          "model": "{{name}}", "task": "classify",
          "data": { "dataset": "shapes", "preprocessing": { "steps": [{{before}}{ "kind": "featurise", "model": "{{model}}" }, { "kind": "unit_length" }] } },
          "network": {
            "inputs": [{ "name": "features", "shape": [{{width}}] }],
            "layers": [{ "name": "shape", "kind": "linear", "width": 3 }],
            "loss": { "kind": "cross_entropy" }
          },
          "optimiser": { "kind": "adamw", "rate": 0.02 }, "batch": 32, "epochs": 120
        }
        """;

    /// <summary>A fixed model whose features tell shapes apart: the picture in grey without its mean, a random layer, all that is above zero.</summary>
    public static byte[] Featuriser(int width)
    {
        var random = new Random(11);
        var (values, grey) = (Side * Side / 4, new float[Side * Side / 4 * width]);
        for (var i = 0; i < grey.Length; i++) grey[i] = (float)((random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) / 8);
        return new OnnxGraph()
            .Input("picture", ElementType.Float32, -1, 1, Side / 2, Side / 2)
            .Output("features", ElementType.Float32, -1, width)
            .Initializer("weights", [values, width], grey)
            .Node("Flatten", "picture", "flat")
            .Node("ReduceMean", "flat", "mean")
            .Node("Sub", "flat mean", "level")
            .Node("MatMul", "level weights", "mixed")
            .Node("Relu", "mixed", "features")
            .ToModel();
    }

    public static IReadOnlyList<(string Label, byte[] Png)> Make(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(number => (Names[number % Names.Length], Encode(Draw(number % Names.Length, random), Side, Side)))];
    }

    private static byte[] Draw(int shape, Random random)
    {
        var (x, y, radius) = (15.5 + random.Next(-2, 3), 15.5 + random.Next(-2, 3), 9 + random.Next(3));
        int[] ink = [160 + random.Next(60), 160 + random.Next(60), 160 + random.Next(60)];
        var pixels = new byte[Side * Side * 3];
        for (var i = 0; i < Side * Side; i++)
        {
            var (across, down) = (Math.Abs((i % Side) - x), Math.Abs((i / Side) - y));
            var isInk = shape switch
            {
                0 => Math.Min(across, down) < 2.5 && Math.Max(across, down) < radius,
                1 => (across * across) + (down * down) < radius * radius,
                _ => Math.Max(across, down) is var far && far < radius && far > radius - 4,
            };
            for (var channel = 0; channel < 3; channel++) pixels[(i * 3) + channel] = (byte)((isInk ? ink[channel] : 40) + random.Next(36));
        }

        return pixels;
    }

    private static byte[] Encode(byte[] pixels, int width, int height)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var y = 0; y < height; y++)
            {
                zip.WriteByte(0);
                zip.Write(pixels, y * width * 3, width * 3);
            }
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        return [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, packed.ToArray()), .. Chunk("IEND"u8, [])];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> name, byte[] content)
    {
        byte[] body = [.. name, .. content];
        var crc = uint.MaxValue;
        foreach (var value in body)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320u);
        }

        var (length, check) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(check, ~crc);
        return [.. length, .. body, .. check];
    }
}
