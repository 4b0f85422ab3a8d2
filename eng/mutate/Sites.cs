// SPDX-License-Identifier: MIT
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxKind;

namespace Spindle.Mutate;

/// <summary>Finds the places of a file that can be mutated.</summary>
internal sealed class Sites(SemanticModel model) : CSharpSyntaxWalker
{
    private static readonly Dictionary<SyntaxKind, (SyntaxKind Kind, SyntaxKind Token, string Group)[]> Operators = new()
    {
        [LessThanExpression] = [(LessThanOrEqualExpression, LessThanEqualsToken, "relational")],
        [LessThanOrEqualExpression] = [(LessThanExpression, LessThanToken, "relational")],
        [GreaterThanExpression] = [(GreaterThanOrEqualExpression, GreaterThanEqualsToken, "relational")],
        [GreaterThanOrEqualExpression] = [(GreaterThanExpression, GreaterThanToken, "relational")],
        [EqualsExpression] = [(NotEqualsExpression, ExclamationEqualsToken, "equality")],
        [NotEqualsExpression] = [(EqualsExpression, EqualsEqualsToken, "equality")],
        [AddExpression] = [(SubtractExpression, MinusToken, "arithmetic")],
        [SubtractExpression] = [(AddExpression, PlusToken, "arithmetic")],
        [MultiplyExpression] = [(DivideExpression, SlashToken, "arithmetic")],
        [DivideExpression] = [(MultiplyExpression, AsteriskToken, "arithmetic")],
        [ModuloExpression] = [(MultiplyExpression, AsteriskToken, "arithmetic")],
        [LogicalAndExpression] = [(LogicalOrExpression, BarBarToken, "logical")],
        [LogicalOrExpression] = [(LogicalAndExpression, AmpersandAmpersandToken, "logical")],
        [LeftShiftExpression] = [(RightShiftExpression, GreaterThanGreaterThanToken, "shift")],
        [RightShiftExpression] = [(LeftShiftExpression, LessThanLessThanToken, "shift")],
        [BitwiseAndExpression] = [(BitwiseOrExpression, BarToken, "bits")],
        [BitwiseOrExpression] = [(BitwiseAndExpression, AmpersandToken, "bits")],
        [ExclusiveOrExpression] = [(BitwiseOrExpression, BarToken, "bits")],
    };

    private static readonly Dictionary<SyntaxKind, (SyntaxKind Kind, SyntaxKind Token)> Assignments = new()
    {
        [AddAssignmentExpression] = (SubtractAssignmentExpression, MinusEqualsToken),
        [SubtractAssignmentExpression] = (AddAssignmentExpression, PlusEqualsToken),
    };

    public List<Site> Found { get; } = [];

    public static List<Site> In(SemanticModel model)
    {
        Sites sites = new(model);
        sites.Visit(model.SyntaxTree.GetRoot());
        return sites.Found;
    }

    // What people read, and what the compiler wants as a constant, stay as they are.
    public override void VisitAttributeList(AttributeListSyntax node)
    {
    }

    public override void VisitInterpolatedStringExpression(InterpolatedStringExpressionSyntax node)
    {
    }

    public override void VisitEnumDeclaration(EnumDeclarationSyntax node)
    {
    }

    public override void VisitCaseSwitchLabel(CaseSwitchLabelSyntax node)
    {
    }

    public override void VisitConstantPattern(ConstantPatternSyntax node)
    {
    }

    public override void VisitRelationalPattern(RelationalPatternSyntax node)
    {
    }

    public override void VisitParameter(ParameterSyntax node)
    {
    }

    public override void VisitThrowStatement(ThrowStatementSyntax node)
    {
    }

    public override void VisitThrowExpression(ThrowExpressionSyntax node)
    {
    }

    public override void VisitFieldDeclaration(FieldDeclarationSyntax node)
    {
        if (!node.Modifiers.Any(ConstKeyword))
        {
            base.VisitFieldDeclaration(node);
        }
    }

    public override void VisitLocalDeclarationStatement(LocalDeclarationStatementSyntax node)
    {
        if (!node.IsConst)
        {
            base.VisitLocalDeclarationStatement(node);
        }
    }

    public override void VisitBinaryExpression(BinaryExpressionSyntax node)
    {
        if (Operators.TryGetValue(node.Kind(), out (SyntaxKind Kind, SyntaxKind Token, string Group)[]? choices) && !IsConstant(node) && !Declares(node) && Fits(node))
        {
            foreach ((SyntaxKind kind, SyntaxKind token, string group) in choices)
            {
                Expression(node, group, $"{node.OperatorToken.Text} to {SyntaxFacts.GetText(token)}",
                    seen => seen is BinaryExpressionSyntax two ? SyntaxFactory.BinaryExpression(kind, two.Left, SyntaxFactory.Token(token).WithTriviaFrom(two.OperatorToken), two.Right) : seen);
            }
        }

        base.VisitBinaryExpression(node);
    }

    private bool Fits(BinaryExpressionSyntax node)
    {
        if (node.Kind() is EqualsExpression or NotEqualsExpression or LogicalAndExpression or LogicalOrExpression)
        {
            return true;
        }

        ITypeSymbol? left = model.GetTypeInfo(node.Left).Type, right = model.GetTypeInfo(node.Right).Type;
        if (left is null || right is null)
        {
            return false;
        }

        if (node.Kind() is LessThanExpression or LessThanOrEqualExpression or GreaterThanExpression or GreaterThanOrEqualExpression)
        {
            return true;
        }

        if (node.Kind() is BitwiseAndExpression or BitwiseOrExpression && left.TypeKind == TypeKind.Enum)
        {
            return true;
        }

        return (IsNumber(left) && IsNumber(right)) || (left.SpecialType == SpecialType.System_Boolean && node.Kind() is BitwiseAndExpression or BitwiseOrExpression);
    }

    public override void VisitLiteralExpression(LiteralExpressionSyntax node)
    {
        if (node.Kind() is TrueLiteralExpression or FalseLiteralExpression && !node.Parent.IsKind(WhileStatement) && !node.Parent.IsKind(ConstantPattern))
        {
            bool value = node.IsKind(TrueLiteralExpression);
            Expression(node, "boolean", $"{node.Token.Text} to {(value ? "false" : "true")}", _ => SyntaxFactory.LiteralExpression(value ? FalseLiteralExpression : TrueLiteralExpression));
        }

        if (node.IsKind(NumericLiteralExpression) && node.Token.Value is int or long or uint or ulong)
        {
            TypeInfo type = model.GetTypeInfo(node);
            ITypeSymbol? target = type.ConvertedType is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type.ConvertedType;
            if (target is null || !IsNumber(target))
            {
                target = type.Type;
            }

            if (target is null || !IsNumber(target))
            {
                return;
            }

            string name = target.ToDisplayString();
            decimal value = Convert.ToDecimal(node.Token.Value, System.Globalization.CultureInfo.InvariantCulture);
            foreach (decimal other in value == 0 ? [1m] : new[] { value - 1, value + 1 })
            {
                string suffix = target.SpecialType switch { SpecialType.System_Int64 => "L", SpecialType.System_UInt64 => "UL", SpecialType.System_UInt32 => "U", _ => "" };
                ExpressionSyntax As(decimal number) => SyntaxFactory.ParseExpression($"unchecked(({name})({number}{suffix}))");
                Found.Add(new(node, "literal", $"{node.Token.Text} to {other}", _ => As(other), (original, _, isOn) =>
                    SyntaxFactory.ParenthesizedExpression(SyntaxFactory.ConditionalExpression(isOn, As(other), original is ParenthesizedExpressionSyntax ? (ExpressionSyntax)original : As(value)))));
            }
        }
    }

    public override void VisitIsPatternExpression(IsPatternExpressionSyntax node)
    {
        if (!Declares(node) && !IsCondition(node))
        {
            Negation(node);
        }

        base.VisitIsPatternExpression(node);
    }

    public override void VisitIfStatement(IfStatementSyntax node)
    {
        if (node.Else is null && OnlyThrows(node.Statement))
        {
            Add(node.Condition, "guard", "guard removed", seen => SyntaxFactory.LiteralExpression(FalseLiteralExpression),
                (original, _, isOn) => And(Not(isOn), (ExpressionSyntax)original));
        }
        else
        {
            Negation(node.Condition);
        }

        base.VisitIfStatement(node);
    }

    public override void VisitWhileStatement(WhileStatementSyntax node)
    {
        if (!node.Condition.IsKind(TrueLiteralExpression))
        {
            Negation(node.Condition);
        }

        base.VisitWhileStatement(node);
    }

    public override void VisitConditionalExpression(ConditionalExpressionSyntax node)
    {
        Negation(node.Condition);
        base.VisitConditionalExpression(node);
    }

    public override void VisitReturnStatement(ReturnStatementSyntax node)
    {
        if (node.Expression is { } value)
        {
            Return(value);
        }

        base.VisitReturnStatement(node);
    }

    public override void VisitArrowExpressionClause(ArrowExpressionClauseSyntax node)
    {
        if (node.Parent is not (ConstructorDeclarationSyntax or DestructorDeclarationSyntax) && model.GetTypeInfo(node.Expression).ConvertedType is { SpecialType: not SpecialType.System_Void })
        {
            Return(node.Expression);
        }

        base.VisitArrowExpressionClause(node);
    }

    private void Return(ExpressionSyntax value)
    {
        if (value is RefExpressionSyntax or ThrowExpressionSyntax or LiteralExpressionSyntax || value.ToString() is "default" or "null")
        {
            return;
        }

        TypeInfo type = model.GetTypeInfo(value);
        ITypeSymbol? target = type.ConvertedType ?? type.Type;
        if (target is null || target.Name is "Task" or "ValueTask")
        {
            return;
        }

        if (target.SpecialType == SpecialType.System_Boolean)
        {
            if (value is not BinaryExpressionSyntax { RawKind: (int)EqualsExpression or (int)NotEqualsExpression })
            {
                Negation(value, "return");
            }

            return;
        }

        if (Declares(value))
        {
            return;
        }

        ExpressionSyntax nothing = SyntaxFactory.ParseExpression(target.IsReferenceType || target.TypeKind == TypeKind.TypeParameter ? "default!" : $"default({target.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)})");
        Add(value, "return", "returns default", _ => nothing, (original, _, isOn) => SyntaxFactory.ParenthesizedExpression(SyntaxFactory.ConditionalExpression(isOn, nothing, Parens((ExpressionSyntax)original))));
    }

    public override void VisitExpressionStatement(ExpressionStatementSyntax node)
    {
        if (!Declares(node))
        {
            string? what = node.Expression switch
            {
                AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.Text: "_" }, Right: not (InvocationExpressionSyntax or AwaitExpressionSyntax) } => null,
                AssignmentExpressionSyntax => "assignment removed",
                InvocationExpressionSyntax => "call removed",
                AwaitExpressionSyntax => "call removed",
                PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax => "step removed",
                _ => null,
            };
            if (what is not null)
            {
                Found.Add(new(node, "removal", $"{what}", _ => SyntaxFactory.EmptyStatement(),
                    (original, _, isOn) => SyntaxFactory.Block(SyntaxFactory.IfStatement(Not(isOn), (StatementSyntax)original))));
            }

            if (node.Expression is AssignmentExpressionSyntax assignment && Assignments.TryGetValue(assignment.Kind(), out (SyntaxKind Kind, SyntaxKind Token) other) && model.GetTypeInfo(assignment.Left).Type is { } type && IsNumber(type))
            {
                Found.Add(new(node, "arithmetic", $"{assignment.OperatorToken.Text} to {SyntaxFacts.GetText(other.Token)}",
                    seen => seen is ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax one } ? SyntaxFactory.ExpressionStatement(SyntaxFactory.AssignmentExpression(other.Kind, one.Left, SyntaxFactory.Token(other.Token), one.Right)) : seen,
                    (original, mutated, isOn) => SyntaxFactory.Block(SyntaxFactory.IfStatement(isOn, (StatementSyntax)mutated, SyntaxFactory.ElseClause((StatementSyntax)original)))));
            }
        }

        base.VisitExpressionStatement(node);
    }

    public override void VisitBreakStatement(BreakStatementSyntax node)
    {
    }

    public override void VisitContinueStatement(ContinueStatementSyntax node) =>
        Found.Add(new(node, "removal", "continue removed", _ => SyntaxFactory.EmptyStatement(), (original, _, isOn) => SyntaxFactory.Block(SyntaxFactory.IfStatement(Not(isOn), (StatementSyntax)original))));

    public override void VisitCheckedExpression(CheckedExpressionSyntax node)
    {
        if (node.IsKind(CheckedExpression) && !IsConstant(node))
        {
            Expression(node, "checked", "checked removed", seen => SyntaxFactory.CheckedExpression(UncheckedExpression, ((CheckedExpressionSyntax)seen).Expression));
        }

        base.VisitCheckedExpression(node);
    }

    public override void VisitCastExpression(CastExpressionSyntax node)
    {
        if (!IsConstant(node) && !Declares(node) && model.GetTypeInfo(node).Type is { } to && model.GetTypeInfo(node.Expression).Type is { } from && IsNumber(to) && IsNumber(from)
            && Size(to) < Size(from) && node.FirstAncestorOrSelf<CheckedExpressionSyntax>() is null)
        {
            Expression(node, "checked", "cast unchecked", seen => SyntaxFactory.CheckedExpression(UncheckedExpression, (ExpressionSyntax)seen));
        }

        base.VisitCastExpression(node);
    }

    private void Negation(ExpressionSyntax condition, string kind = "negation") =>
        Add(condition, kind, "negated", seen => SyntaxFactory.PrefixUnaryExpression(LogicalNotExpression, Parens((ExpressionSyntax)seen)),
            (original, _, isOn) => SyntaxFactory.ParenthesizedExpression(SyntaxFactory.BinaryExpression(ExclusiveOrExpression, isOn, Parens((ExpressionSyntax)original))));

    private void Expression(ExpressionSyntax node, string kind, string change, Func<SyntaxNode, SyntaxNode> mutated) =>
        Add(node, kind, change, mutated, (original, other, isOn) => SyntaxFactory.ParenthesizedExpression(
            SyntaxFactory.ConditionalExpression(isOn, Parens((ExpressionSyntax)other), Parens((ExpressionSyntax)original))));

    private void Add(ExpressionSyntax node, string kind, string change, Func<SyntaxNode, SyntaxNode> mutated, Func<SyntaxNode, SyntaxNode, ExpressionSyntax, SyntaxNode> wrap) =>
        Found.Add(new(node, kind, change, mutated, wrap));

    private static bool IsCondition(ExpressionSyntax node) => node.Parent is IfStatementSyntax or WhileStatementSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax
        || (node.Parent is ConditionalExpressionSyntax conditional && conditional.Condition == node);

    private static bool OnlyThrows(StatementSyntax statement) => statement is ThrowStatementSyntax or BlockSyntax { Statements: [ThrowStatementSyntax] };

    private bool IsConstant(ExpressionSyntax node) => model.GetConstantValue(node).HasValue;

    private static bool Declares(SyntaxNode node) => node.DescendantNodesAndSelf().Any(inner => inner is SingleVariableDesignationSyntax or AnonymousFunctionExpressionSyntax);

    private static bool IsNumber(ITypeSymbol type) => type.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_Double;

    private static int Size(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Byte => 8,
        SpecialType.System_SByte => 7,
        SpecialType.System_UInt16 => 16,
        SpecialType.System_Int16 => 15,
        SpecialType.System_UInt32 => 32,
        SpecialType.System_Int32 => 31,
        SpecialType.System_UInt64 => 64,
        SpecialType.System_Int64 => 63,
        _ => 0,
    };

    private static ExpressionSyntax Parens(ExpressionSyntax inner) => inner is ParenthesizedExpressionSyntax ? inner : SyntaxFactory.ParenthesizedExpression(inner.WithoutTrivia());

    private static PrefixUnaryExpressionSyntax Not(ExpressionSyntax inner) => SyntaxFactory.PrefixUnaryExpression(LogicalNotExpression, inner);

    private static ParenthesizedExpressionSyntax And(ExpressionSyntax left, ExpressionSyntax right) => SyntaxFactory.ParenthesizedExpression(SyntaxFactory.BinaryExpression(LogicalAndExpression, left, Parens(right)));
}
