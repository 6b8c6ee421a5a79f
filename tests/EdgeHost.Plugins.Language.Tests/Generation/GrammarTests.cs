using System.Text;
using System.Text.Json;
using EdgeHost.Capabilities.Language;
using EdgeHost.Plugins.Language.Generation.Grammars;
using EdgeHost.Plugins.Language.Generation.Tokenizers;
using EdgeHost.PluginSdk.Testing;
using EdgeHost.Serialization;
using Json.Schema;
using EdgeHost.TestKit.Onnx.Decoders;

namespace EdgeHost.Plugins.Language.Tests.Generation;

/// <summary>Grammars, and JSON schemas as grammars.</summary>
public class GrammarTests
{
    private static readonly TextTokenizer Tokenizer = TokenizerFile.Read(Encoding.UTF8.GetBytes(TinyFolder.Tokenizer()), "tiny");
    private static readonly TokenTrie Trie = new(Tokenizer);

    [Theory]
    [InlineData("root ::= \"yes\" | \"no\"", "yes,no", "y,yesno,,maybe")]
    [InlineData("root ::= [a-c]+ [^a-c]", "ax,abcä,c😀", "x,abc,axx")]
    [InlineData("root ::= item (\", \" item)*\nitem ::= [0-9]{1,3} # digits", "1;1, 22;333, 4, 5", "1,2;1234;1, ", ';')]
    [InlineData("root ::= \"(\" root? \")\"", "();(());((()))", "(;());)(", ';')]
    [InlineData("root ::= \"a\"? \"b\"{2} \"c\"{1,} .", "bbcx;abbcccä", "bc;abbx", ';')]
    [InlineData("root ::= (\n  \"a\" |\n  \"b\"\n)\n\n", "a;b", "c;ab", ';')]
    [InlineData("root ::= [\\u00e0-\\u00ff\\U0001F600] \"\\x41\\n\"", "éA\n;😀A\n", "eA\n;éA", ';')]
    [InlineData("root ::= [\\x00-\\uffff]", "a;é;中", "😀;aa", ';')]
    public void Texts_AreTakenOrNot(string grammar, string taken, string refused, char separator = ',')
    {
        var parsed = GrammarParser.Parse(grammar);

        Assert.All(taken.Split(separator), text => Assert.True(Matches(parsed, text), text));
        Assert.All(refused.Split(separator), text => Assert.False(Matches(parsed, text), text));
    }

    [Theory]
    [InlineData("root ::= other", "'other'")]
    [InlineData("a ::= \"b\"", "'root'")]
    [InlineData("root ::= root \"a\" | \"b\"", "begin with itself")]
    [InlineData("root ::= (\"a\"*)*", "repeats what may be nothing")]
    [InlineData("root ::= \"a", "no end")]
    [InlineData("root ::= \"a\"\nroot ::= \"b\"", "line 2")]
    [InlineData("root ::= [z-a]", "backwards")]
    [InlineData("root ::= \"a\"{5,2}", "repetition")]
    [InlineData("root ::= \"a\"{2,99999}", "2000")]
    [InlineData("root = \"a\"", "'::='")]
    public void Grammars_ThatAreWrong_SayWhere(string grammar, string words)
    {
        var error = Assert.Throws<EdgeHostException>(() => GrammarParser.Parse(grammar));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnyRangeOfCharacters_IsItsBytes()
    {
        var random = new Random(3);
        int[] edges = [0, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF];
        for (var round = 0; round < 200; round++)
        {
            var (a, b) = (Pick(), Pick());
            var (first, last) = (Math.Min(a, b), Math.Max(a, b));
            var ranges = Utf8Ranges.Of(first, last).ToList();
            foreach (var character in edges.Concat(Enumerable.Range(0, 30).Select(_ => Pick())).Where(static value => Rune.IsValid(value)))
            {
                var bytes = Encoding.UTF8.GetBytes(char.ConvertFromUtf32(character));
                var isIn = ranges.Count(range => range.Length == bytes.Length && range.Zip(bytes).All(static pair => pair.Second >= pair.First.First && pair.Second <= pair.First.Last));
                Assert.Equal(character >= first && character <= last ? 1 : 0, isIn);
            }
        }

        int Pick() => random.Next(2) == 0 ? edges[random.Next(edges.Length)] : random.Next(0x110000);
    }

    [Fact]
    public void Masks_AreThoseOfTokensOneByOne()
    {
        var random = new Random(5);
        foreach (var grammar in new[] { SchemaGrammar.Make("{}"), "root ::= (\"the\" \" \"? | \"th\" [^e] | \"t\")* \"😀\"" })
        {
            var parsed = GrammarParser.Parse(grammar);
            var machine = new GrammarMachine(parsed);
            var guide = new GrammarGuide(parsed, Trie, new HashSet<int>());
            var state = machine.Start;
            for (var step = 0; step < 40 && !guide.IsComplete; step++)
            {
                var allowed = Enumerable.Range(0, Tokenizer.Count).Where(token => Tokenizer.BytesOf(token).Length > 0 && After(machine, state, Tokenizer.BytesOf(token)) is not null).ToList();
                Assert.Equal(allowed, Enumerable.Range(0, Tokenizer.Count).Where(guide.Allows));
                var next = allowed[random.Next(allowed.Count)];
                state = After(machine, state, Tokenizer.BytesOf(next))!;
                guide.Accept(Tokenizer.BytesOf(next));
            }
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"type":"object","properties":{"name":{"type":"string"},"age":{"type":"integer"},"tags":{"type":"array","items":{"type":"string","maxLength":5},"maxItems":3}},"required":["name"],"additionalProperties":false}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"boolean"},"b":{"type":["number","null"]},"c":{"enum":["x","y\"\\z",3,null]}},"required":["c"]}""")]
    [InlineData("""{"type":"array","items":{"anyOf":[{"const":{"k":[1,2]}},{"type":"array","minItems":2,"items":{"type":"boolean"}}]},"minItems":1,"maxItems":4}""")]
    [InlineData("""{"$ref":"#/$defs/node","$defs":{"node":{"type":"object","properties":{"value":{"type":"string","minLength":1,"maxLength":3},"next":{"anyOf":[{"$ref":"#/$defs/node"},{"type":"null"}]}},"required":["value","next"],"additionalProperties":false}}}""")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"integer"}}""")]
    [InlineData("""{"type":"object","properties":{"größe":{"type":"string"}},"required":["größe"]}""")]
    public void WhateverIsDrawn_SatisfiesTheSchema(string schema)
    {
        var grammar = GrammarParser.Parse(SchemaGrammar.Make(schema));
        var checker = JsonSchema.FromText(schema);
        for (var seed = 0; seed < 25; seed++)
        {
            var text = Draw(grammar, seed);
            using var json = JsonDocument.Parse(text);
            Assert.True(checker.Evaluate(json.RootElement).IsValid, text);
        }
    }

    [Theory]
    [InlineData("""{"type":"string","pattern":"a+"}""", "'pattern'")]
    [InlineData("""{"type":"integer","minimum":3}""", "'minimum'")]
    [InlineData("""{"$ref":"#/$defs/none"}""", "leads nowhere")]
    [InlineData("""{"type":"thing"}""", "'thing'")]
    [InlineData("""{"allOf":[{},{}]}""", "'allOf'")]
    [InlineData("""{"required":["a"],"type":"object"}""", "'required'")]
    [InlineData("{", "cannot be used")]
    [InlineData("[]", "an object or true")]
    public void Schemas_ThatCannotBeHeldTo_SayWhy(string schema, string words)
    {
        var error = Assert.Throws<EdgeHostException>(() => SchemaGrammar.Make(schema));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generated_Text_IsOfTheGrammar_AndEndsWithIt()
    {
        using var models = new TinyModels();
        await using var host = await PluginTestHost.StartAsync(new LanguagePlugin(), new PluginTestOptions { Models = models.Provider });
        const string Schema = """{"type":"object","properties":{"answer":{"enum":["yes","no"]},"score":{"type":"integer"}},"required":["answer","score"],"additionalProperties":false}""";

        for (var seed = 0; seed < 5; seed++)
        {
            var answer = await host.CallAsync(LanguageMethods.Generate, WireMessageSerializer.ToArray(new GenerateRequest { Prompt = "Say", ResponseSchema = Schema, Temperature = 1, Seed = seed, MaxTokens = 100 }));
            var text = string.Concat(answer.ReadItems<GeneratedText>().Select(static item => item.Text));
            using var json = JsonDocument.Parse(text);
            Assert.True(JsonSchema.FromText(Schema).Evaluate(json.RootElement).IsValid, text);
            Assert.Equal("stop", answer.Read<GenerateResponse>().FinishReason);
        }

        var both = await Assert.ThrowsAsync<EdgeHostException>(() => host.CallAsync(LanguageMethods.Generate, WireMessageSerializer.ToArray(new GenerateRequest { Prompt = "a", Grammar = "root ::= \"a\"", ResponseSchema = "{}" })));
        Assert.Equal(ErrorCode.InvalidArgument, both.Code);
    }

    // Prefers to come to an end, so that what may go on for ever does.
    private static string Draw(Grammar grammar, int seed)
    {
        var random = new Random(seed);
        var guide = new GrammarGuide(grammar, Trie, new HashSet<int>());
        var bytes = new List<byte>();
        while (!guide.IsComplete && !(guide.MayEnd && random.Next(2) == 0))
        {
            var allowed = Enumerable.Range(0, Tokenizer.Count).Where(guide.Allows).ToList();
            int[] closing = [.. allowed.Where(static token => token is '"' or ']' or '}')];
            var next = closing.Length > 0 && random.Next(3) > 0 ? closing[random.Next(closing.Length)] : allowed[random.Next(allowed.Count)];
            guide.Accept(Tokenizer.BytesOf(next));
            bytes.AddRange(Tokenizer.BytesOf(next));
            Assert.InRange(bytes.Count, 1, 20_000);
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static bool Matches(Grammar grammar, string text)
    {
        var machine = new GrammarMachine(grammar);
        return After(machine, machine.Start, Encoding.UTF8.GetBytes(text)) is { MayEnd: true };
    }

    private static GrammarState? After(GrammarMachine machine, GrammarState state, ReadOnlySpan<byte> bytes)
    {
        GrammarState? at = state;
        foreach (var value in bytes)
        {
            if (at is null) return null;
            at = machine.Next(at, value);
        }

        return at;
    }
}
