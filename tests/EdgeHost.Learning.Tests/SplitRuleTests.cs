using System.Text;
using EdgeHost.Learning.Examples;

namespace EdgeHost.Learning.Tests;

public class SplitRuleTests
{
    private const int Seeds = 20;

    [Fact]
    public void Groups_AreWholeInOneSplit_AndSharesAreKept()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var (validation, test) = (random.NextDouble() / 2, random.NextDouble() / 2);
            var rule = new SplitRule(Key(random), validation, test);
            const int Groups = 4000;
            var counts = new int[3];
            for (var group = 0; group < Groups; group++)
            {
                var splits = Enumerable.Range(0, 3).Select(_ => rule.Choose(ExampleKind.Image, Content(random), $"group {group}")).Distinct().ToList();
                counts[(int)Assert.Single(splits)]++;
            }

            // Five standard deviations at most.
            Assert.InRange(counts[(int)ExampleSplit.Test], (test * Groups) - 160, (test * Groups) + 160);
            Assert.InRange(counts[(int)ExampleSplit.Validation], (validation * Groups) - 160, (validation * Groups) + 160);
        }
    }

    [Fact]
    public void Texts_ThatDifferInMarksAndCaseOnly_AreTogether()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var rule = new SplitRule(Key(random), 0.3, 0.3);
            for (var i = 0; i < 50; i++)
            {
                var text = $"See you at {random.Next(24)} o'clock, 你好 {random.Next()}!";
                var variants = new[] { text, text.ToUpperInvariant(), $"  {text}...", text.Replace(" ", "  ", StringComparison.Ordinal), text.Replace(',', ';') };

                Assert.Single(variants.Select(variant => rule.Choose(ExampleKind.Text, Encoding.UTF8.GetBytes(variant), null)).Distinct());
            }
        }
    }

    [Fact]
    public void Texts_WithoutLettersOrDigits_AreNotAllTogether()
    {
        var rule = new SplitRule(new byte[16], 0.3, 0.3);

        Assert.Equal(3, Enumerable.Range(1, 100).Select(i => rule.Choose(ExampleKind.Text, Encoding.UTF8.GetBytes(new string('!', i)), null)).Distinct().Count());
    }

    [Fact]
    public void Vectors_ThatDifferInTheFifthDigit_AreTogether()
    {
        var random = new Random(5);
        var rule = new SplitRule(Key(random), 0.3, 0.3);
        for (var i = 0; i < 200; i++)
        {
            // Away from where rounding turns: nothing can keep neighbours on both sides of that together.
            var vector = Enumerable.Range(0, 8).Select(_ => (random.Next(100, 999) + 0.1f) * MathF.Pow(10, random.Next(-8, 8))).ToArray();
            var near = vector.Select(static value => value * 1.0002f).ToArray();

            Assert.Equal(rule.Choose(ExampleKind.Features, Bytes(vector), null), rule.Choose(ExampleKind.Features, Bytes(near), null));
        }
    }

    [Fact]
    public void Interactions_OfAUser_AreTogether()
    {
        var rule = new SplitRule(new byte[16], 0.3, 0.3);
        for (var user = 0; user < 100; user++)
        {
            var splits = Enumerable.Range(0, 5).Select(item => rule.Choose(
                ExampleKind.Interaction, new Interaction($"{user}", $"{item}", item, DateTimeOffset.UnixEpoch.AddDays(item)).Encode(), null));

            Assert.Single(splits.Distinct());
        }
    }

    [Fact]
    public void AnotherKey_SplitsInAnotherWay()
    {
        var (one, two) = (new SplitRule(new byte[16], 0.3, 0.3), new SplitRule([.. Enumerable.Repeat((byte)1, 16)], 0.3, 0.3));

        Assert.Contains(Enumerable.Range(0, 100), i => one.Choose(ExampleKind.Image, [(byte)i], null) != two.Choose(ExampleKind.Image, [(byte)i], null));
    }

    private static byte[] Key(Random random)
    {
        var key = new byte[SplitRule.KeyBytes];
        random.NextBytes(key);
        return key;
    }

    private static byte[] Content(Random random)
    {
        var content = new byte[random.Next(1, 40)];
        random.NextBytes(content);
        return content;
    }

    private static byte[] Bytes(float[] vector) => [.. vector.SelectMany(BitConverter.GetBytes)];
}
