using EdgeHost.Capabilities.Vision;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>Objects in pictures, found by a model that only a mirror has here.</summary>
public class ObjectTests
{
    [SharedDataFact("mirror/yolox_nano.onnx")]
    public async Task DetectObjects_ModelFromAMirror_ServesOnceItIsPulled()
    {
        using var folder = new TempFolder();
        await using var process = HostProcess.Start(folder.Combine("host.sock"), home: folder.Combine("home"));
        await using var client = await Hosts.ConnectAsync(process);
        var photo = await File.ReadAllBytesAsync(Repository.FindShared("testdata/vision/two-dogs.jpg")!);

        var missing = await Assert.ThrowsAsync<EdgeHostException>(async () => await client.Vision.DetectObjectsAsync(photo));
        var pull = await HostProcess.RunAsync(
            ["models", "pull", "yolox-nano", "--mirror", Repository.FindShared("mirror")!, "--endpoint", folder.Combine("host.sock")], TimeSpan.FromMinutes(2));
        var found = await client.Vision.DetectObjectsAsync(new DetectObjectsRequest { Image = photo, Labels = ["dog"] });
        var tooMany = await Assert.ThrowsAsync<EdgeHostException>(async () => await client.Vision.DetectObjectsAsync(new DetectObjectsRequest { Image = photo, MaxResults = 0 }));
        var unknown = await Assert.ThrowsAsync<EdgeHostException>(async () => await client.Vision.DetectObjectsAsync(new DetectObjectsRequest { Image = photo, Model = "nothing" }));

        Assert.Equal(ErrorCode.FailedPrecondition, missing.Code);
        Assert.Contains("edgehost models pull", missing.Message, StringComparison.Ordinal);
        Assert.True(pull.ExitCode == 0, pull.Error);
        Assert.Equal(2, found.Objects.Count);
        Assert.All(found.Objects, thing => Assert.True(thing.Box is { X: >= 0, Y: >= 0 } && thing.Box.X + thing.Box.Width <= found.Width && thing.Box.Y + thing.Box.Height <= found.Height));
        Assert.StartsWith("yolox-nano@", Assert.Single(found.Models), StringComparison.Ordinal);
        Assert.Equal((ErrorCode.InvalidArgument, ErrorCode.NotFound), (tooMany.Code, unknown.Code));
    }
}
