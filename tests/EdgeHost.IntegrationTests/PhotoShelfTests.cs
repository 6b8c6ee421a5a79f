using EdgeHost.IntegrationTests.Running;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>The sample that makes a page of a folder of photos.</summary>
public class PhotoShelfTests(ServingHost host) : IClassFixture<ServingHost>
{
    private const string Page = "photo-shelf.html";

    [ModelsFact]
    public async Task Folder_BecomesAPage_AndASecondRunLooksAtWhatIsNew()
    {
        using var folder = Photos();
        await File.WriteAllTextAsync(folder.Combine("broken.jpg"), "no picture");

        var (exitCode, output) = await Samples.RunAsync("PhotoShelf", host.Endpoint, folder.Path);

        Assert.True(exitCode == 1, output);
        Assert.Contains("2 looked at, 0 known before, 1 not understood", output, StringComparison.Ordinal);
        Assert.Contains("broken.jpg: The bytes are not an image", output, StringComparison.Ordinal);
        Assert.Contains("\"file\":\"page \\u0026 \\u003Cone\\u003E.jpg\"", await File.ReadAllTextAsync(folder.Combine(Page)), StringComparison.Ordinal);

        File.Delete(folder.Combine("broken.jpg"));
        File.Delete(folder.Combine("astronaut.jpg"));
        var second = await Samples.RunAsync("PhotoShelf", host.Endpoint, folder.Path);
        Assert.True(second.ExitCode == 0, second.Output);
        Assert.Contains("0 looked at, 1 known before, 0 not understood", second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("astronaut", await File.ReadAllTextAsync(folder.Combine(Page)), StringComparison.Ordinal);
    }

    [ProgramFact(Browser.Program, withModels: true)]
    public async Task Page_InABrowser_ShowsTheShelf()
    {
        using var folder = Photos();
        var (exitCode, output) = await Samples.RunAsync("PhotoShelf", host.Endpoint, folder.Path);
        Assert.True(exitCode == 0, output);

        var dom = await Browser.RenderAsync(folder.Combine(Page));

        Assert.Equal(2, dom.Split("<figure>").Length - 1);
        Assert.Contains("page &amp; &lt;one&gt;.jpg", dom, StringComparison.Ordinal);
        Assert.Contains("src=\"page%20%26%20%3Cone%3E.jpg\"", dom, StringComparison.Ordinal);
        Assert.Contains("1 person", dom, StringComparison.Ordinal);
    }

    // A name that a page must not take for markup.
    private static TempFolder Photos()
    {
        var folder = new TempFolder();
        var samples = Path.Combine(Repository.Root, "samples", "Photos");
        File.Copy(Path.Combine(samples, "astronaut.jpg"), folder.Combine("astronaut.jpg"));
        File.Copy(Path.Combine(samples, "page.jpg"), folder.Combine("page & <one>.jpg"));
        return folder;
    }
}
