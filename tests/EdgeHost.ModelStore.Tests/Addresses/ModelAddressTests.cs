using EdgeHost.ModelStore.Addresses;
using EdgeHost.ModelStore.Manifests;

namespace EdgeHost.ModelStore.Tests.Addresses;

public sealed class ModelAddressTests
{
    [Theory]
    [InlineData("hf:owner/name", FileSourceKind.HuggingFace, "owner/name", "main", "")]
    [InlineData("hf:owner/name/", FileSourceKind.HuggingFace, "owner/name", "main", "")]
    [InlineData("hf:owner/name/onnx/model.onnx", FileSourceKind.HuggingFace, "owner/name", "main", "onnx/model.onnx")]
    [InlineData("hf:owner/name@v1.2", FileSourceKind.HuggingFace, "owner/name", "v1.2", "")]
    [InlineData("npm:left@1.2.3", FileSourceKind.Npm, "left", "1.2.3", "")]
    [InlineData("npm:@scope/left@1.2.3/models/a.json", FileSourceKind.Npm, "@scope/left", "1.2.3", "models/a.json")]
    [InlineData("https://example.org/a/b.tflite", FileSourceKind.Https, "", "", "")]
    public void Address_IsRead(string text, FileSourceKind kind, string package, string revision, string path)
    {
        Assert.True(ModelAddress.IsAddress(text));
        Assert.True(ModelAddress.TryParse(text, out var address, out var problem), problem);
        Assert.Equal((kind, package, revision, path), (address.Kind, address.Package, address.Revision, address.Path));
    }

    [Theory]
    [InlineData("hf:owner")]
    [InlineData("hf:owner/name@main/../x")]
    [InlineData("npm:left")]
    [InlineData("npm:left@latest")]
    [InlineData("npm:left@^1.0.0/a.json")]
    [InlineData("http://example.org/a.onnx")]
    [InlineData("https://user:secret@example.org/a.onnx")]
    public void Address_ThatIsNone_SaysHowItShouldLook(string text)
    {
        Assert.True(ModelAddress.IsAddress(text));
        Assert.False(ModelAddress.TryParse(text, out _, out var problem));
        Assert.False(string.IsNullOrEmpty(problem));
    }

    [Theory]
    [InlineData("models/a.onnx")]
    [InlineData("C:\\a.onnx")]
    [InlineData("./hf/owner")]
    public void Path_IsNoAddress(string text) => Assert.False(ModelAddress.IsAddress(text));
}
