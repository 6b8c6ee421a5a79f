using EdgeHost.Capabilities.Vision;
using EdgeHost.Client;
using EdgeHost.Protocol;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>Real weights behind the real socket.</summary>
public class VisionTests(ServingHost host) : IClassFixture<ServingHost>
{
    private static string Photo(string name) => Path.Combine(Repository.Root, "samples", "Photos", name);

    [ModelsFact]
    public async Task DetectFaces_AstronautPortrait_FindsTheFace()
    {
        await using var client = await host.ConnectAsync();
        CallInfo? info = null;

        var response = await client.Vision.DetectFacesAsync(
            await File.ReadAllBytesAsync(Photo("astronaut.jpg")), new CallOptions { OnInfo = i => info = i });

        var face = Assert.Single(response.Faces);
        Assert.InRange(face.Confidence, 0.65, 1);
        Assert.InRange(face.Box.X + (face.Box.Width / 2), 0.3 * response.Width, 0.55 * response.Width);
        Assert.Equal(6, face.Landmarks.Count);
        Assert.NotNull(info);
        Assert.Equal("cpu", info.Device);
        Assert.Contains(info.Models, m => m.StartsWith("face-back@", StringComparison.Ordinal));
        Assert.True(info.RunTime > TimeSpan.Zero);
    }

    [ModelsFact]
    public async Task RecognizeText_ManyCallsOnOneConnection_AllGetTheSameAnswer()
    {
        await using var client = await host.ConnectAsync();
        var page = await File.ReadAllBytesAsync(Directory.EnumerateFiles(Photo(string.Empty), "*page*").First());

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => client.Vision.RecognizeTextAsync(page).AsTask()));

        Assert.NotEmpty(answers[0].Text);
        Assert.All(answers, answer => Assert.Equal(answers[0].Text, answer.Text));
    }

    [ModelsFact]
    public async Task DetectFaces_TenClients_ShareOneCopyOfTheModel()
    {
        var photo = await File.ReadAllBytesAsync(Photo("astronaut.jpg"));
        var clients = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => host.ConnectAsync($"app-{i}")));
        try
        {
            await Task.WhenAll(clients.Select(client => client.Vision.DetectFacesAsync(photo).AsTask()));
            var health = await host.RunAsync("call", "host.health");

            Assert.Single(System.Text.RegularExpressions.Regex.Matches(health.Output, "\"face-back@", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        }
        finally
        {
            foreach (var client in clients) await client.DisposeAsync();
        }
    }

    [ModelsFact]
    public async Task RecognizeText_ThroughSharedMemory_GivesWhatTheSocketGives()
    {
        await using var client = await host.ConnectAsync();
        var page = await File.ReadAllBytesAsync(Directory.EnumerateFiles(Photo(string.Empty), "*page*").First());
        var plain = await client.Vision.RecognizeTextAsync(page);
        using var buffer = await client.RentBufferAsync(page.Length + 1000);
        page.CopyTo(buffer.Memory[1000..]);

        var shared = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => client.Vision.RecognizeTextAsync(buffer.Memory[1000..]).AsTask()));

        Assert.Equal(OperatingSystem.IsLinux(), buffer.IsShared);
        Assert.NotEmpty(plain.Text);
        Assert.All(shared, answer => Assert.Equal(plain.Text, answer.Text));
        var error = await Assert.ThrowsAsync<EdgeHostException>(async () => await client.Vision.RecognizeTextAsync(buffer.Memory[1100..]));
        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
    }

    public static TheoryData<string, byte[]> BadImages => new()
    {
        { "empty", [] },
        { "text", "this is not a picture"u8.ToArray() },
        { "random", RandomBytes(5000) },
        { "truncated", File.ReadAllBytes(Photo("astronaut.jpg"))[..300] },
        { "20000x20000", HugePng() },
    };

    [Theory]
    [MemberData(nameof(BadImages))]
    public async Task RecognizeText_OfWhatIsNoPicture_IsInvalidAndTheHostGoesOn(string kind, byte[] image)
    {
        await using var client = await host.ConnectAsync();

        var error = await Assert.ThrowsAsync<EdgeHostException>(async () => await client.Vision.RecognizeTextAsync(image));

        Assert.True(error.Code == ErrorCode.InvalidArgument, $"{kind}: {error.Code.ToWireName()}: {error.Message}");
        Assert.DoesNotContain("at EdgeHost", error.Message, StringComparison.Ordinal);
        await client.PingAsync();
    }

    [Fact]
    public async Task DetectFaces_BodyOfTheWrongType_NamesTheField()
    {
        await using var client = await host.ConnectAsync();

        // {"image": 5}
        var error = await Assert.ThrowsAsync<EdgeHostException>(
            async () => await client.CallAsync(VisionMethods.DetectFaces, new byte[] { 0x81, 0xA5, 0x69, 0x6D, 0x61, 0x67, 0x65, 0x05 }));
        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains("image", error.Message, StringComparison.Ordinal);

        // {}
        error = await Assert.ThrowsAsync<EdgeHostException>(async () => await client.CallAsync(VisionMethods.DetectFaces, new byte[] { 0x80 }));
        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains("image", error.Message, StringComparison.Ordinal);
    }

    [ModelsFact]
    public async Task DetectFaces_WithFieldsThatNobodyKnows_IgnoresThem()
    {
        await using var client = await host.ConnectAsync();
        var photo = Photo("astronaut.jpg");

        var result = await host.RunAsync("call", "vision.detect_faces", "--file", $"image={photo}", "--json", """{"from_the_future":{"a":[1,2]}}""");

        Assert.True(result.ExitCode == 0, result.Error);
    }

    [Fact]
    public async Task DetectFaces_WithADeadlineInThePast_IsRefusedAtOnce()
    {
        await using var client = await host.ConnectAsync();

        var error = await Assert.ThrowsAsync<EdgeHostException>(async () => await client.Vision.DetectFacesAsync(
            new byte[] { 1 }, new CallOptions { Deadline = TimeSpan.FromMilliseconds(-5) }));

        Assert.Equal(ErrorCode.DeadlineExceeded, error.Code);
    }

    [ModelsFact]
    public async Task RecognizeText_WhenTheClientVanishes_LeavesNoWorkBehind()
    {
        var page = await File.ReadAllBytesAsync(Directory.EnumerateFiles(Photo(string.Empty), "*page*").First());
        var leaving = await host.ConnectAsync("leaving");
        var calls = Enumerable.Range(0, 8).Select(_ => leaving.Vision.RecognizeTextAsync(page).AsTask()).ToArray();
        await leaving.DisposeAsync();
        foreach (var call in calls) await Assert.ThrowsAnyAsync<Exception>(() => call);

        await using var client = await host.ConnectAsync();
        Assert.NotEmpty((await client.Vision.RecognizeTextAsync(page)).Text);
    }

    private static byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        new Random(7).NextBytes(bytes);
        return bytes;
    }

    // A PNG header that claims 20,000 x 20,000 pixels: 1.6 GB decoded.
    private static byte[] HugePng()
    {
        byte[] header = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0x4E, 0x20, 0, 0, 0x4E, 0x20, 8, 2, 0, 0, 0];
        var crc = Crc32(header.AsSpan(12, 17));
        return [.. header, (byte)(crc >> 24), (byte)(crc >> 16), (byte)(crc >> 8), (byte)crc];
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }
}
