using System.Buffers;
using EdgeHost.Ipc.Regions;
using EdgeHost.Protocol.Regions;
using EdgeHost.Serialization;
using MessagePack;

namespace EdgeHost.Ipc.Tests.Support;

/// <summary>A few regions, and bodies that refer to them beside the bodies that a plain call would have.</summary>
internal sealed class FakeRegions : IDisposable
{
    private readonly List<SharedRegion> _regions = [];

    public FakeRegions(Random random)
    {
        for (uint id = 1; id <= 3; id++)
        {
            var bytes = random.Next(1, 40) * SharedMemoryFile.PageBytes;
            using var file = SharedMemoryFile.Create(bytes);
            var content = new byte[bytes];
            random.NextBytes(content);
            RandomAccess.Write(file, content, 0);
            _regions.Add(new SharedRegion(id, bytes, MemoryMapping.Of(file, bytes, isWritable: false), released: null));
        }
    }

    public CallReferences Hold()
    {
        var references = new CallReferences(buffers: null);
        foreach (var region in _regions)
        {
            references.Hold(region);
        }

        return references;
    }

    public (byte[] Referring, byte[] Plain) RandomBodies(Random random)
    {
        var referring = new ArrayBufferWriter<byte>();
        var plain = new ArrayBufferWriter<byte>();
        var seed = random.Next();
        Write(referring, seed, refers: true);
        Write(plain, seed, refers: false);
        return (referring.WrittenSpan.ToArray(), plain.WrittenSpan.ToArray());
    }

    public void Dispose()
    {
        foreach (var region in _regions)
        {
            region.Close();
        }
    }

    private void Write(ArrayBufferWriter<byte> target, int seed, bool refers)
    {
        var writer = new MessagePackWriter(target);
        WriteValue(ref writer, new Random(seed), refers, depth: 0);
        writer.Flush();
    }

    private void WriteValue(ref MessagePackWriter writer, Random random, bool refers, int depth)
    {
        switch (random.Next(depth > 4 ? 2 : 0, 12))
        {
            case 0:
                var items = random.Next(0, 7);
                writer.WriteArrayHeader(items);
                for (var i = 0; i < items; i++) WriteValue(ref writer, random, refers, depth + 1);
                break;
            case 1:
                var pairs = random.Next(0, 7);
                writer.WriteMapHeader(pairs);
                for (var i = 0; i < pairs; i++)
                {
                    writer.Write(new string('k', random.Next(0, 40)));
                    WriteValue(ref writer, random, refers, depth + 1);
                }

                break;
            case 2 or 3 or 4:
                var region = _regions[random.Next(_regions.Count)];
                var length = random.Next(3) switch { 0 => random.Next(0, 300), 1 => random.Next(65_530, 65_542), _ => random.Next(region.Bytes + 1) };
                length = Math.Min(length, region.Bytes);
                var offset = random.Next(region.Bytes - length + 1);
                if (refers)
                {
                    var payload = new byte[16];
                    new BinaryReference(region.Id, (ulong)offset, (uint)length).WriteTo(payload);
                    writer.WriteExtensionFormat(new ExtensionResult(1, payload));
                }
                else
                {
                    writer.Write(region.GetSpan().Slice(offset, length));
                }

                break;
            case 5:
                writer.Write(random.NextInt64());
                break;
            case 6:
                writer.Write((random.NextDouble() - 0.5) * random.Next());
                break;
            case 7:
                writer.Write(new byte[random.Next(0, 70_000)]);
                break;
            case 8:
                writer.Write(new string('\u00e9', random.Next(0, 40_000)));
                break;
            case 9:
                writer.WriteExtensionFormat(new ExtensionResult((sbyte)random.Next(2, 100), new byte[random.Next(1, 40)]));
                break;
            case 10:
                writer.WriteExtensionFormat(new ExtensionResult(1, new byte[random.Next(17, 300)]));
                break;
            default:
                writer.WriteNil();
                break;
        }
    }
}
