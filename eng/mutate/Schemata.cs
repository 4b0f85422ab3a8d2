// SPDX-License-Identifier: MIT
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Spindle.Mutate;

/// <summary>Writes many mutants into one tree, each behind its switch; inner ones first, so that they may nest.</summary>
internal sealed class Schemata(ILookup<SyntaxNode, (int Number, Site Site)> mutants) : CSharpSyntaxRewriter
{
    public static SyntaxTree Of(SyntaxTree tree, IEnumerable<(int Number, Site Site)> mutants) =>
        tree.WithRootAndOptions(new Schemata(mutants.ToLookup(mutant => mutant.Site.Node, mutant => mutant)).Visit(tree.GetRoot())!, tree.Options);

    public override SyntaxNode? Visit(SyntaxNode? node)
    {
        SyntaxNode? seen = base.Visit(node);
        if (node is null || seen is null || !mutants.Contains(node))
        {
            return seen;
        }

        SyntaxNode bare = seen;
        SyntaxNode result = seen.WithoutTrivia();
        foreach ((int number, Site site) in mutants[node])
        {
            result = site.Wrap(result, site.Mutated(bare.WithoutTrivia()), SyntaxFactory.ParseExpression($"global::Spindle.Mut.Is({number})"));
        }

        return SyntaxFactory.AreEquivalent(result, seen) ? seen : Respaced(result).WithTriviaFrom(seen);
    }

    // New tokens have no white space between them.
    private static SyntaxNode Respaced(SyntaxNode node)
    {
        string text = node.NormalizeWhitespace(eol: "\n").ToFullString();
        return node is ExpressionSyntax ? SyntaxFactory.ParseExpression(text) : SyntaxFactory.ParseStatement(text);
    }
}
