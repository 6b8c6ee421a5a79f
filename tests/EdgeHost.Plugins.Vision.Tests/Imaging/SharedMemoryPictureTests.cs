using System.Buffers;
using System.Runtime.InteropServices;
using EdgeHost.Plugins.Vision.Imaging;
using SkiaSharp;

namespace EdgeHost.Plugins.Vision.Tests.Imaging;

/// <summary>Pictures in memory that an app shares and goes on writing to.</summary>
public sealed class SharedMemoryPictureTests : IDisposable
{
    private const int FullDetail = int.MaxValue;
    private const int Rounds = 300;

    private readonly PixelMemoryPool _pool = new(1 << 20);
    private readonly PictureDecoder _decoder;

    public SharedMemoryPictureTests() => _decoder = new PictureDecoder(new ImagingOptions { MaxPixels = 1_000_000 }, _pool);

    public void Dispose()
    {
        Assert.Equal(0, _pool.Outstanding);
        _decoder.Dispose();
        _pool.Dispose();
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public async Task Region_ThatChangesWhileItIsRead_GivesAPictureOrAProblem(SKEncodedImageFormat format)
    {
        var file = TestPictures.Encode(160, 120, format);
        using var region = new Region(file);
        using var stop = new CancellationTokenSource();
        var writing = Task.Factory.StartNew(() => Scribble(region, file, stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var pictures = 0;
        try
        {
            for (var round = 0; round < Rounds; round++)
            {
                try
                {
                    using var picture = await _decoder.DecodeAsync(region.Memory, FullDetail, default);
                    Assert.InRange(picture.Pixels.Width * picture.Pixels.Height, 1, 1_000_000);
                    pictures++;
                }
                catch (EdgeHostException e)
                {
                    Assert.Equal(ErrorCode.InvalidArgument, e.Code);
                }
            }
        }
        finally
        {
            await stop.CancelAsync();
            await writing;
        }

        // Once nobody writes any more, it is read as it is.
        region.Write(file);
        using var whole = await _decoder.DecodeAsync(region.Memory, FullDetail, default);
        Assert.Equal((160, 120), (whole.Pixels.Width, whole.Pixels.Height));
        Assert.InRange(pictures, 0, Rounds);
        Assert.Equal(0, region.Pins);
    }

    [Fact]
    public async Task EmptyRegion_IsRefused()
    {
        using var region = new Region([]);
        var error = await Assert.ThrowsAsync<EdgeHostException>(async () => await _decoder.DecodeAsync(region.Memory, FullDetail, default));
        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains("is empty", error.Message, StringComparison.Ordinal);
    }

    private static void Scribble(Region region, byte[] file, CancellationToken stop)
    {
#pragma warning disable CA5394 // Test content, not a secret.
        var random = new Random(4);
        while (!stop.IsCancellationRequested)
        {
            // Sizes and lengths of the header, then what follows, then the whole as it was.
            for (var i = 0; i < 50; i++) region.Set(random.Next(Math.Min(64, file.Length)), (byte)random.Next(256));
            for (var i = 0; i < 50; i++) region.Set(random.Next(file.Length), (byte)random.Next(256));
#pragma warning restore CA5394
            region.Write(file);
        }
    }

    /// <summary>Memory outside of arrays, as regions are.</summary>
    private sealed unsafe class Region : MemoryManager<byte>
    {
        private readonly byte* _bytes;
        private readonly int _length;

        public Region(byte[] content)
        {
            _length = content.Length;
            _bytes = (byte*)NativeMemory.Alloc((nuint)Math.Max(1, _length));
            Write(content);
        }

        public int Pins { get; private set; }

        public void Set(int at, byte value) => Volatile.Write(ref _bytes[at], value);

        public void Write(byte[] content) => content.CopyTo(GetSpan());

        public override Span<byte> GetSpan() => new(_bytes, _length);

        public override MemoryHandle Pin(int elementIndex = 0)
        {
            Pins++;
            return new MemoryHandle(_bytes + elementIndex);
        }

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing) => NativeMemory.Free(_bytes);
    }
}
