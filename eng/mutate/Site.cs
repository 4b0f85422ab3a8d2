// SPDX-License-Identifier: MIT
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Spindle.Mutate;

/// <summary>One small change of one place.</summary>
/// <param name="Node">The place.</param>
/// <param name="Kind">What sort of change it is: the weights of areas.json speak of these.</param>
/// <param name="Change">What changes, in a few words.</param>
/// <param name="Mutated">Makes the bare change.</param>
/// <param name="Wrap">Puts original and change behind a switch.</param>
internal sealed record Site(SyntaxNode Node, string Kind, string Change, Func<SyntaxNode, SyntaxNode> Mutated, Func<SyntaxNode, SyntaxNode, ExpressionSyntax, SyntaxNode> Wrap);
