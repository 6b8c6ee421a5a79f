using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using EdgeHost.ModelStore.Manifests;

namespace EdgeHost.ModelStore.Tests.Manifests;

public sealed class ModelManifestReaderTests
{
    private const string Golden = """
        {
          "id": "ocr-rec", "version": "4.0.0", "task": "text-recognition", "summary": "Reads a line.",
          "licence": { "spdx": "Apache-2.0", "permissive": true, "notice": "Somebody's.", "url": "https://example.org/licence" },
          "properties": { "language": "en", "default": "true", "input.rate_hz": "16000" }, "requires": ["ocr-det", "ocr-cls@1.0.0-rc.1"],
          "variants": [
            { "name": "int8", "graph": "nets/model.onnx", "devices": ["npu", "cpu"], "memory_bytes": 60000000,
              "batching": { "axis": 0, "max_size": 4, "padded_axes": [ { "input": "x", "axis": 3, "value": -1.5, "output": "y", "output_axis": 1 } ] },
              "files": [
                { "name": "nets/model.onnx", "sha256": "06b3e6af6c59a1ba5d53790ed8c2e4b2de389870b6cf5a97f349f3412cb269c0", "bytes": 10822323,
                  "sources": ["npm:@scope/pack@1.4.2/assets/rec.onnx", "https://example.org/rec.onnx", "hf:owner/repo@main/a/rec.onnx", "file:rec.onnx"] },
                { "name": "keys.txt", "sha256": "28b2362ad4ab2dc38769aa72feb535e3a9ddb3fd2a7585a05920e6393b1dc7f7", "bytes": 26249, "sources": ["npm:plain@10.0.0-rc.1/keys.txt"] }
              ] },
            { "name": "fp32", "graph": "m.onnx", "devices": ["cpu"], "memory_bytes": null, "batching": null,
              "files": [ { "name": "m.onnx", "sha256": "28b2362ad4ab2dc38769aa72feb535e3a9ddb3fd2a7585a05920e6393b1dc7f7", "bytes": 1, "sources": ["file:///opt/m.onnx"] } ] }
          ]
        }
        """;

    [Fact]
    public void Read_GoodManifest_GivesEveryField()
    {
        var manifest = ReadGood(Golden);

        Assert.Equal("ocr-rec@4.0.0", manifest.Name);
        Assert.Equal("text-recognition", manifest.Task);
        Assert.Equal("Reads a line.", manifest.Summary);
        Assert.Equal(new ModelLicence("Apache-2.0", true, "Somebody's.", new Uri("https://example.org/licence")), manifest.Licence);
        Assert.Equal(
            [new("default", "true"), new("input.rate_hz", "16000"), new("language", "en")], manifest.Properties.OrderBy(property => property.Key, StringComparer.Ordinal));
        Assert.Equal(["ocr-det", "ocr-cls@1.0.0-rc.1"], manifest.Requires);
        var variant = manifest.Variants[0];
        Assert.Equal([DeviceKind.Npu, DeviceKind.Cpu], variant.Devices);
        Assert.Equal(60_000_000, variant.MemoryBytes);
        Assert.Equal((0, 4), (variant.Batching!.Axis, variant.Batching.MaxSize));
        Assert.Equal([new VariantPadding("x", 3, -1.5, "y", 1)], variant.Batching.PaddedAxes);
        Assert.Equal(10_822_323 + 26_249, variant.SizeBytes);
        Assert.Equal([FileSourceKind.Npm, FileSourceKind.Https, FileSourceKind.HuggingFace, FileSourceKind.File], variant.Files[0].Sources.Select(source => source.Kind));
        var npm = variant.Files[0].Sources[0];
        Assert.Equal(("@scope/pack", "1.4.2", "assets/rec.onnx"), (npm.Package, npm.Revision, npm.Path));
        Assert.Equal("10.0.0-rc.1", variant.Files[1].Sources[0].Revision);
        var hub = variant.Files[0].Sources[2];
        Assert.Equal(("owner/repo", "main", "a/rec.onnx"), (hub.Package, hub.Revision, hub.Path));
        Assert.Equal("/opt/m.onnx", manifest.Variants[1].Files[0].Sources[0].Path);
        Assert.Null(manifest.Variants[1].MemoryBytes);
        Assert.Null(manifest.Variants[1].Batching);
    }

    [Fact]
    public void Read_AxisAloneAsBefore_IsBatchingOfTheUsualSize()
    {
        var json = JsonNode.Parse(Golden)!;
        json["variants"]![1]!["batch_axis"] = 2;

        var batching = ReadGood(json.ToJsonString()).Variants[1].Batching!;

        Assert.Equal((2, 8), (batching.Axis, batching.MaxSize));
        Assert.Empty(batching.PaddedAxes);
    }

    [Fact]
    public void Write_ThenRead_GivesTheSameManifest()
    {
        var written = ModelManifestWriter.Write(ReadGood(Golden));

        Assert.Equal(written, ModelManifestWriter.Write(ModelManifestReader.Read(written).Manifest!));
    }

    [Theory]
    [InlineData("$.id", "Missing", "id", null)]
    [InlineData("$.id", "Expected 1 to 64", "id", "\"Ocr Rec\"")]
    [InlineData("$.id", "Expected a text, found a number", "id", "7")]
    [InlineData("$.version", "Expected 1 to 64", "version", "\"../1\"")]
    [InlineData("$.task", "empty", "task", "\" \"")]
    [InlineData("$.summary", "Missing", "summary", "null")]
    [InlineData("$.licence", "Expected an object", "licence", "[]")]
    [InlineData("$.licence.spdx", "SPDX", "licence.spdx", "\"<b>\"")]
    [InlineData("$.licence.permissive", "Expected true or false", "licence.permissive", "\"yes\"")]
    [InlineData("$.licence.url", "https", "licence.url", "\"http://example.org\"")]
    [InlineData("$.properties", "Expected an object, found an array", "properties", "[]")]
    [InlineData("$.properties", "a-z 0-9 . _, found 'Language'", "properties.Language", "\"en\"")]
    [InlineData("$.properties", "a-z 0-9 . _, found ''", "properties.", "\"en\"")]
    [InlineData("$.properties.language", "Expected a text, found true or false", "properties.language", "true")]
    [InlineData("$.requires", "Expected an array", "requires", "\"ocr-det\"")]
    [InlineData("$.requires", "appears 2 times", "requires", "[\"ocr-det\",\"ocr-det@1.0.0\"]")]
    [InlineData("$.requires", "cannot require itself", "requires", "[\"ocr-rec@3.0.0\"]")]
    [InlineData("$.requires[0]", "id or id@version", "requires", "[\"Ocr\"]")]
    [InlineData("$.requires[0]", "id or id@version", "requires", "[\"ocr-det@\"]")]
    [InlineData("$.requires[0]", "Expected a text", "requires", "[7]")]
    [InlineData("$.variants", "1 to 16", "variants", "[]")]
    [InlineData("$.variants[0]", "Expected an object", "variants.0", "3")]
    [InlineData("$.variants[0].graph", "none of the variant's files", "variants.0.graph", "\"other.onnx\"")]
    [InlineData("$.variants[0].devices[0]", "npu, gpu or cpu", "variants.0.devices", "[\"tpu\"]")]
    [InlineData("$.variants[0].devices[1]", "twice", "variants.0.devices", "[\"cpu\",\"cpu\"]")]
    [InlineData("$.variants[0].memory_bytes", "Expected an integer from 1", "variants.0.memory_bytes", "-1")]
    [InlineData("$.variants[0].batch_axis", "Expected an integer from 0 to 15", "variants.0.batch_axis", "1.5")]
    [InlineData("$.variants[0].batch_axis", "beside 'batching'", "variants.0.batch_axis", "0")]
    [InlineData("$.variants[0].batching", "Expected an object", "variants.0.batching", "0")]
    [InlineData("$.variants[0].batching.axis", "Missing", "variants.0.batching", "{}")]
    [InlineData("$.variants[0].batching.max_size", "Expected an integer from 2 to 256", "variants.0.batching.max_size", "1")]
    [InlineData("$.variants[0].batching.padded_axes[0].input", "Missing", "variants.0.batching.padded_axes.0.input", null)]
    [InlineData("$.variants[0].batching.padded_axes[0].axis", "Is the batch axis", "variants.0.batching.padded_axes.0.axis", "0")]
    [InlineData("$.variants[0].batching.padded_axes[0].output_axis", "Is the batch axis", "variants.0.batching.padded_axes.0.output_axis", "0")]
    [InlineData("$.variants[0].batching.padded_axes[0].value", "Expected a finite number", "variants.0.batching.padded_axes.0.value", "1e999")]
    [InlineData("$.variants[0].batching.padded_axes[0].value", "Expected a number", "variants.0.batching.padded_axes.0.value", "\"0\"")]
    [InlineData("$.variants[0].files", "Expected an array", "variants.0.files", "{}")]
    [InlineData("$.variants[0].files[0].name", "without '..'", "variants.0.files.0.name", "\"../m.onnx\"")]
    [InlineData("$.variants[0].files[0].sha256", "64 lower-case hex", "variants.0.files.0.sha256", "\"06B3\"")]
    [InlineData("$.variants[0].files[0].bytes", "Expected an integer", "variants.0.files.0.bytes", "0")]
    [InlineData("$.variants[0].files[0].sources", "1 to 16", "variants.0.files.0.sources", "[]")]
    [InlineData("$.variants[0].files[0].sources[0]", "exact version", "variants.0.files.0.sources", "[\"npm:pack@^1.0.0/x\"]")]
    [InlineData("$.variants[0].files[0].sources[0]", "exact version", "variants.0.files.0.sources", "[\"npm:pack@1.0.0/../x\"]")]
    [InlineData("$.variants[0].files[0].sources[0]", "exact version", "variants.0.files.0.sources", "[\"npm:--flag@1.0.0/x\"]")]
    [InlineData("$.variants[0].files[0].sources[0]", "use https", "variants.0.files.0.sources", "[\"http://example.org/x\"]")]
    [InlineData("$.variants[0].files[0].sources[0]", "credentials", "variants.0.files.0.sources", "[\"https://user:word@example.org/x\"]")]
    [InlineData("$.variants[0].files[0].sources[0]", "hf:OWNER", "variants.0.files.0.sources", "[\"hf:owner@main/x\"]")]
    [InlineData("$.variants[0].files[0].sources[0]", "file:PATH", "variants.0.files.0.sources", "[\"file:\"]")]
    [InlineData("$.variants[0].files[0].sources[0]", "starts with npm:", "variants.0.files.0.sources", "[\"ftp://x\"]")]
    [InlineData("$.variants[0].files[0].sources[0]", "Expected a text", "variants.0.files.0.sources", "[1]")]
    public void Read_OneWrongField_NamesItsPath(string path, string message, string field, string? value)
    {
        var problems = Read(Change(field, value)).Problems;

        Assert.Contains(problems, problem => problem.Path == path && problem.Message.Contains(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "licens", "$", "did you mean 'licence'")]
    [InlineData("licence", "spxd", "$.licence", "did you mean 'spdx'")]
    [InlineData("variants.0", "device", "$.variants[0]", "did you mean 'devices'")]
    [InlineData("variants.0.files.0", "sha265", "$.variants[0].files[0]", "did you mean 'sha256'")]
    [InlineData("variants.0.files.0", "zzzzzzzz", "$.variants[0].files[0]", "known are name, sha256, bytes, sources")]
    public void Read_UnknownKey_NamesTheNearestKnown(string parent, string key, string path, string message)
    {
        var problem = Assert.Single(Read(Change(parent.Length == 0 ? key : $"{parent}.{key}", "1")).Problems);

        Assert.Equal(path, problem.Path);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SeveralProblems_ListsAll()
    {
        var problems = Read("""{"id":"A","version":"1","task":"t","licence":{},"variants":[{"name":"x"}],"extra":1}""").Problems;

        Assert.Equal(
            ["$", "$.id", "$.summary", "$.licence.spdx", "$.licence.permissive", "$.licence.notice", "$.variants[0].graph", "$.variants[0].devices", "$.variants[0].files"],
            problems.Select(problem => problem.Path).Order(StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal).OrderBy(Order));

        static int Order(string path) => Array.IndexOf(
            ["$", "$.id", "$.summary", "$.licence.spdx", "$.licence.permissive", "$.licence.notice", "$.variants[0].graph", "$.variants[0].devices", "$.variants[0].files"], path);
    }

    [Fact]
    public void Read_KeyTwice_IsAProblem()
        => Assert.Contains(Read(Golden.Replace("\"task\":", "\"id\": \"other\", \"task\":", StringComparison.Ordinal)).Problems, problem => problem == new ManifestProblem("$.id", "The key appears twice."));

    [Fact]
    public void Read_VariantOrFileTwice_IsAProblem()
    {
        Assert.Contains(Read(Change("variants.1.name", "\"int8\"")).Problems, problem => problem.Message.Contains("'int8' appears 2 times", StringComparison.Ordinal));
        Assert.Contains(Read(Change("variants.0.files.1.name", "\"nets/model.onnx\"")).Problems, problem => problem.Message.Contains("appears 2 times", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_PropertiesAtTheirLimits_AreGoodAndBeyondThemAProblem()
    {
        var name = new string('k', 64);
        var text = new string('t', 1024);

        Assert.Equal(text, ReadGood(Change($"properties.{name}", $"\"{text}\"")).Properties[name]);
        Assert.Contains(Read(Change($"properties.{name}k", "\"t\"")).Problems, problem => problem.Path == "$.properties");
        Assert.Contains(Read(Change($"properties.{name}", $"\"{text}t\"")).Problems, problem => problem.Message.Contains("at most 1024 characters, found 1025", StringComparison.Ordinal));

        Assert.Equal(64, ReadGood(Change("properties", Numbered(64))).Properties.Count);
        Assert.Contains(Read(Change("properties", Numbered(65))).Problems, problem => problem.Message.Contains("at most 64 properties, found 65", StringComparison.Ordinal));

        static string Numbered(int count) => new JsonObject(Enumerable.Range(0, count).Select(i => KeyValuePair.Create($"p{i}", (JsonNode?)"")))!.ToJsonString();
    }

    [Fact]
    public void Read_MoreRequirementsThanSixteen_IsAProblem()
    {
        Assert.Equal(16, ReadGood(Change("requires", Numbered(16))).Requires.Count);
        Assert.Contains(Read(Change("requires", Numbered(17))).Problems, problem => problem is { Path: "$.requires" } && problem.Message.Contains("found 17", StringComparison.Ordinal));
        Assert.Empty(ReadGood(Change("requires", "[]")).Requires);
        Assert.Empty(ReadGood(Change("requires", null)).Requires);

        static string Numbered(int count) => new JsonArray([.. Enumerable.Range(0, count).Select(i => (JsonNode)$"m{i}")]).ToJsonString();
    }

    [Fact]
    public void Read_PropertyTwice_IsAProblem()
        => Assert.Contains(
            Read(Golden.Replace("\"default\":", "\"language\": \"de\", \"default\":", StringComparison.Ordinal)).Problems,
            problem => problem == new ManifestProblem("$.properties.language", "The key appears twice."));

    [Fact]
    public void Write_PropertiesInAnyOrder_GivesTheSameBytes()
    {
        var other = Golden.Replace("\"language\": \"en\", \"default\": \"true\"", "\"default\": \"true\", \"language\": \"en\"", StringComparison.Ordinal);

        Assert.NotEqual(Golden, other);
        Assert.Equal(ModelManifestWriter.Write(ReadGood(Golden)), ModelManifestWriter.Write(ReadGood(other)));
    }

    [Fact]
    public void Read_TooLong_IsRefusedWithBothFigures()
    {
        var problem = Assert.Single(ModelManifestReader.Read(new byte[ModelManifestReader.MaxBytes + 1]).Problems);

        Assert.Contains("1048577", problem.Message, StringComparison.Ordinal);
        Assert.Contains("1048576", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TruncatedAtEachByte_GivesProblems()
    {
        var bytes = Encoding.UTF8.GetBytes(Golden.TrimEnd());
        for (var length = 0; length < bytes.Length; length++)
        {
            var reading = ModelManifestReader.Read(bytes.AsMemory(0, length));
            Assert.Null(reading.Manifest);
            Assert.NotEmpty(reading.Problems);
        }
    }

    [Fact]
    public void Read_ByteOrderMark_IsAllowed()
        => Assert.NotNull(ModelManifestReader.Read(Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(Golden)).ToArray()).Manifest);

    [Fact]
    public void Read_RandomBytes_NeverThrows()
        => Gen.Byte.Array[0, 200].Sample(bytes => ModelManifestReader.Read(bytes).Problems.Count > 0, iter: 2000);

    [Fact]
    public void Read_GoldenWithBytesChanged_NeverThrows()
    {
        var bytes = Encoding.UTF8.GetBytes(Golden);
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte).Array[1, 4].Sample(
            changes =>
            {
                var copy = bytes.ToArray();
                foreach (var (index, value) in changes)
                {
                    copy[index] = value;
                }

                var reading = ModelManifestReader.Read(copy);
                return reading.Manifest is null == reading.Problems.Count > 0;
            },
            iter: 3000);
    }

    private static ManifestReading Read(string json) => ModelManifestReader.Read(Encoding.UTF8.GetBytes(json));

    private static ModelManifest ReadGood(string json)
    {
        var reading = Read(json);
        Assert.Empty(reading.Problems);
        return reading.Manifest!;
    }

    /// <summary>The golden manifest with one field replaced, added, or with null taken away.</summary>
    private static string Change(string field, string? value)
    {
        var root = JsonNode.Parse(Golden)!;
        var parts = field.Split('.');
        var parent = parts[..^1].Aggregate(root, (node, part) => int.TryParse(part, out var index) ? node[index]! : node[part]!);
        if (int.TryParse(parts[^1], out var last)) parent.AsArray()[last] = JsonNode.Parse(value!);
        else if (value is null) parent.AsObject().Remove(parts[^1]);
        else parent.AsObject()[parts[^1]] = JsonNode.Parse(value);
        return root.ToJsonString();
    }
}
